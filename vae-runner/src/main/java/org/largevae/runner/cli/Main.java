package org.largevae.runner.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.plugins.Plugins;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** The {@code vae} command. */
public final class Main {
  private final Module module;

  /** The command with the installed components. */
  public Main() {
    this(new VaeModule());
  }

  /**
   * The command with parts of the caller's.
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
    new Main().runProcess(arguments);
  }

  /** Runs the command, then ends the process. */
  void runProcess(String... arguments) {
    EngineProperties.set("logback.configurationFile", "org/largevae/runner/cli/logback.xml");
    CommandEnvironment environment = CommandEnvironment.ofProcess();
    Interruption.endAtOnce(environment.err());
    System.exit(run(environment, arguments));
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
    return run(CommandEnvironment.plain(out, err), arguments);
  }

  /**
   * Runs the command in this process.
   *
   * @param environment where it writes
   * @param arguments the command line
   * @return the exit code, see {@link ExitCode}
   */
  public int run(CommandEnvironment environment, String... arguments) {
    Failures failures = new Failures(environment.err());
    VaeCommand vae = new VaeCommand();
    try {
      Path home = Path.of(System.getProperty("user.home"));
      Plugins plugins =
          Plugins.in(
              PluginOption.folders(arguments, System::getenv, home), Main.class.getClassLoader());
      CommandLine line = new CommandLine(vae, new CommandFactory(module, environment, plugins));
      line.setOut(new PrintWriter(environment.out(), true, StandardCharsets.UTF_8));
      line.setErr(new PrintWriter(environment.err(), true, StandardCharsets.UTF_8));
      // an argument such as @home is meant as it stands
      line.setExpandAtFiles(false);
      line.setCaseInsensitiveEnumValuesAllowed(true);
      line.setParameterExceptionHandler((fault, given) -> failures.usage(fault));
      line.setExecutionExceptionHandler(
          (failure, command, result) -> failures.report(failure, vae.stackTraceWanted()));
      return line.execute(arguments);
    } catch (ConfigurationException failure) {
      return failures.report(failure, vae.stackTraceWanted());
    } catch (LinkageError | OutOfMemoryError | StackOverflowError failure) {
      return failures.report(failure, vae.stackTraceWanted());
    } finally {
      environment.out().flush();
      environment.err().flush();
    }
  }

  /**
   * Makes the commands with Guice, which is set up for the first of them: {@code --help} and {@code
   * --version} do not wait for it.
   */
  private static final class CommandFactory implements IFactory {
    private final Module module;
    private final CommandEnvironment environment;
    private final Plugins plugins;
    private Injector injector;

    CommandFactory(Module module, CommandEnvironment environment, Plugins plugins) {
      this.module = module;
      this.environment = environment;
      this.plugins = plugins;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (!Command.class.isAssignableFrom(type)) {
        return CommandLine.defaultFactory().create(type);
      }
      if (injector == null) {
        injector =
            Guice.createInjector(
                module,
                binder -> {
                  binder.bind(CommandEnvironment.class).toInstance(environment);
                  binder.bind(Plugins.class).toInstance(plugins);
                });
      }
      return injector.getInstance(type);
    }
  }
}
