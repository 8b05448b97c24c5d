package org.largevae.runner.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** The {@code vae} command. */
public final class Main {
  private final Module module;

  /** The command with what is installed. */
  public Main() {
    this(new VaeModule());
  }

  /**
   * The command with other parts.
   *
   * @param module binds what {@link VaeModule} binds
   */
  public Main(Module module) {
    this.module = Objects.requireNonNull(module, "module is null");
  }

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    EngineProperties.set("logback.configurationFile", "org/largevae/runner/cli/logback.xml");
    System.exit(new Main().run(Surroundings.ofProcess(), arguments));
  }

  /**
   * Runs the command in this process.
   *
   * @param out gets results
   * @param err gets progress, logs and errors
   * @param arguments the command line
   * @return the exit code, see {@link ExitCode}
   */
  public int run(PrintStream out, PrintStream err, String... arguments) {
    return run(Surroundings.plain(out, err), arguments);
  }

  /**
   * Runs the command in this process.
   *
   * @param surroundings where it works
   * @param arguments the command line
   * @return the exit code, see {@link ExitCode}
   */
  public int run(Surroundings surroundings, String... arguments) {
    Failures failures = new Failures(surroundings.err());
    VaeCommand vae = new VaeCommand();
    try {
      CommandLine line = new CommandLine(vae, new CommandFactory(module, surroundings));
      line.setOut(new PrintWriter(surroundings.out(), true));
      line.setErr(new PrintWriter(surroundings.err(), true));
      // an argument such as @home is meant as it stands
      line.setExpandAtFiles(false);
      line.setParameterExceptionHandler((fault, given) -> failures.usage(fault));
      line.setExecutionExceptionHandler(
          (failure, command, result) -> failures.report(failure, vae.stackTraceWanted()));
      return line.execute(arguments);
    } catch (LinkageError | OutOfMemoryError | StackOverflowError failure) {
      return failures.report(failure, vae.stackTraceWanted());
    } finally {
      surroundings.out().flush();
      surroundings.err().flush();
    }
  }

  /**
   * Makes the commands with Guice, and Guice only once a command is to be made: {@code --help} and
   * {@code --version} do not wait for it.
   */
  private static final class CommandFactory implements IFactory {
    private final Module module;
    private final Surroundings surroundings;
    private Injector injector;

    CommandFactory(Module module, Surroundings surroundings) {
      this.module = module;
      this.surroundings = surroundings;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (!Command.class.isAssignableFrom(type)) {
        return CommandLine.defaultFactory().create(type);
      }
      if (injector == null) {
        injector =
            Guice.createInjector(
                module, binder -> binder.bind(Surroundings.class).toInstance(surroundings));
      }
      return injector.getInstance(type);
    }
  }
}
