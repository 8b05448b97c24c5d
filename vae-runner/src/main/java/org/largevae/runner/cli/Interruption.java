package org.largevae.runner.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jline.utils.Signals;
import org.largevae.runner.sweep.JavaCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns Ctrl-C and requests to end (SIGINT, SIGTERM, SIGHUP) into a flag that training checks; the
 * second signal ends the process at once. Where there is nothing to keep, the first does.
 *
 * <p>A shutdown hook would not do: while it waits for the checkpoint the virtual machine is already
 * shutting down, a second Ctrl-C is ignored, and the exit code is no longer the command's.
 */
final class Interruption implements AutoCloseable, BooleanSupplier {
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final AtomicBoolean requested = new AtomicBoolean();
  private final List<Runnable> restorers = new ArrayList<>();
  private final PrintStream err;

  private Interruption(PrintStream err) {
    this.err = err;
  }

  /**
   * From now on a signal ends the process with a sentence and the exit code of an interruption,
   * except while something else listens. Commands write their files whole or not at all.
   *
   * @param err gets the sentence
   */
  static void endAtOnce(PrintStream err) {
    Interruption interruption = new Interruption(err);
    interruption.handle(
        () -> interruption.onSignal("vae: interrupted; call the same command again", true));
  }

  /**
   * Listens to the signals until closed.
   *
   * @param err gets a message that the process will stop
   * @return to be checked between steps; to be closed
   */
  static Interruption listen(PrintStream err) {
    Interruption interruption =
        listen(err, "stopping after this step, a checkpoint is kept; Ctrl-C again stops at once");
    if (interruption.restorers.isEmpty()) {
      // java -Xrs
      logger().warn("Java receives no signals here: Ctrl-C loses what the last checkpoint lacks");
    }
    if (Boolean.getBoolean(JavaCommand.STOP_AT_END_OF_INPUT)) {
      interruption.awaitEndOfInput();
    }
    return interruption;
  }

  /**
   * Listens to the signals until closed, for work that keeps nothing.
   *
   * @param err gets the message
   * @param message that the process will stop
   * @return to be checked between steps; to be closed
   */
  static Interruption listen(PrintStream err, String message) {
    Interruption interruption = new Interruption(err);
    interruption.handle(() -> interruption.onSignal(message, false));
    return interruption;
  }

  /**
   * Java itself leaves these signals alone where the process was started to ignore them, as {@code
   * nohup} does; JLine skips those that the system does not have.
   */
  private void handle(Runnable action) {
    for (String signal : SIGNALS) {
      Object before = Signals.register(signal, action);
      if (before != null) {
        restorers.add(() -> Signals.unregister(signal, before));
      }
    }
  }

  /** A sweep holds the other end of its members' input; it may ask them to stop, or be killed. */
  private void awaitEndOfInput() {
    Thread thread =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException brokenPipe) {
                logger().debug("standard input broke off: {}", brokenPipe.getMessage());
              }
              requested.set(true);
            },
            "end of input");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public boolean getAsBoolean() {
    return requested.get();
  }

  /** The second signal works even if printing the first one's message blocks. */
  private void onSignal(String message, boolean ends) {
    boolean again = requested.getAndSet(true);
    if (!again) {
      err.println();
      err.println(message);
    }
    if (again || ends) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
  }

  /** Not a constant: the program listens to signals before it loads anything slow. */
  private static Logger logger() {
    return LoggerFactory.getLogger(Interruption.class);
  }

  @Override
  public void close() {
    restorers.forEach(Runnable::run);
    restorers.clear();
  }
}
