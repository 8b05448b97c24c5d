package org.largevae.runner.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.core.testing.FakeComponents;
import org.largevae.runner.run.ExperimentRunner;

/** Runs the command in this process, perhaps with components and a trainer that compute nothing. */
final class CommandFixture {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Path runs;
  private final Module module;

  private CommandFixture(Path runs, Module module) {
    this.runs = runs;
    this.module = module;
  }

  /** A command whose runs go to a folder, with fake components. */
  static CommandFixture fake(Path runs) {
    return fake(runs, null);
  }

  /** A command with fake components and a runner; null for the one that it has. */
  static CommandFixture fake(Path runs, ExperimentRunner runner) {
    return new CommandFixture(runs, Modules.override(new VaeModule()).with(parts(runner)));
  }

  /** A command as it is installed, whose runs go to a folder. */
  static CommandFixture installed(Path runs) {
    return new CommandFixture(runs, new VaeModule());
  }

  /** The parts that take the place of the real ones. */
  static Module parts(ExperimentRunner runner) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(ServiceRegistry.class).toInstance(ServiceRegistry.of(FakeComponents.all()));
        if (runner != null) {
          bind(ExperimentRunner.class).toInstance(runner);
        }
      }
    };
  }

  /** Runs the command and returns its exit code. */
  int run(String... arguments) {
    out.reset();
    err.reset();
    CommandEnvironment environment =
        new CommandEnvironment(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            80,
            runs);
    return new Main(module).run(environment, arguments);
  }

  /** What the last run wrote to standard output. */
  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** What the last run wrote to standard error. */
  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
