package org.largevae.runner.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Names;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FileNames;
import org.largevae.api.files.OutputException;
import org.largevae.core.evaluation.NotFiniteException;
import org.largevae.core.training.DivergedException;
import org.largevae.core.training.TrainingInterruptedException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports what went wrong and chooses the exit code. A user's mistake gets one sentence; the stack
 * trace of anything else goes to a file, or to standard error if asked for.
 */
final class Failures {
  private final PrintStream err;

  Failures(PrintStream err) {
    this.err = err;
  }

  /**
   * Reports an argument that picocli refuses.
   *
   * @param fault what it says
   * @return the exit code
   */
  int usage(ParameterException fault) {
    String command = fault.getCommandLine().getCommandSpec().qualifiedName();
    tell(words(fault) + "; see `" + command + " --help`");
    return ExitCode.USAGE;
  }

  /**
   * Reports a failure of a command.
   *
   * @param failure what happened
   * @param withStackTrace whether to print the stack trace
   * @return the exit code
   */
  int report(Throwable failure, boolean withStackTrace) {
    int code = code(failure);
    String message =
        failure instanceof InvalidPathException path
            ? "\"" + path.getInput() + "\" is not a path: " + path.getReason() + FileNames.advice()
            : FailureAdvice.message(failure);
    if (code == ExitCode.FAILED) {
      String what = failure.getClass().getName() + (message == null ? "" : ": " + message);
      message = "internal error: " + what + (withStackTrace ? "" : " (" + kept(failure) + ")");
    }
    tell(message);
    if (withStackTrace) {
      failure.printStackTrace(err);
    }
    return code;
  }

  private static String words(ParameterException fault) {
    String message = fault.getMessage().replace("\n", " ").strip();
    if (fault instanceof UnmatchedArgumentException unmatched) {
      message = noSuch(unmatched.getUnmatched().get(0), fault.getCommandLine());
    }
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String noSuch(String argument, CommandLine command) {
    boolean option = argument.startsWith("-");
    boolean isCommand = !option && command.getParent() == null;
    Set<String> known =
        option
            ? command.getCommandSpec().optionsMap().keySet()
            : isCommand ? command.getSubcommands().keySet() : Set.of();
    return "no such "
        + (option ? "option: " : isCommand ? "command: " : "argument: ")
        + argument
        + Names.question(argument, known);
  }

  private static int code(Throwable failure) {
    if (failure instanceof ConfigurationException || MemoryShortage.of(failure).isPresent()) {
      return ExitCode.USAGE;
    } else if (failure instanceof DataException || failure instanceof InvalidPathException) {
      return ExitCode.DATA;
    } else if (failure instanceof DivergedException || failure instanceof NotFiniteException) {
      return ExitCode.DIVERGED;
    } else if (failure instanceof OutputException) {
      return ExitCode.OUTPUT;
    } else if (failure instanceof TrainingInterruptedException
        || failure instanceof CancellationException) {
      return ExitCode.INTERRUPTED;
    }
    return ExitCode.FAILED;
  }

  /** One line for each fault, each beginning with the command's name. */
  private void tell(String message) {
    message.lines().forEach(line -> err.println("vae: " + TerminalText.line(line)));
  }

  private static String kept(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    try {
      Path file = Files.createTempFile("vae-error-", ".txt");
      return "stack trace in " + Files.writeString(file, trace.toString());
    } catch (IOException unwritable) {
      return "--stacktrace prints the stack trace";
    }
  }
}
