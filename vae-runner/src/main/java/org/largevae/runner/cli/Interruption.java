package org.largevae.runner.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.largevae.runner.sweep.JavaCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns Ctrl-C and a request to end (SIGINT, SIGTERM, SIGHUP) into a flag that training asks for;
 * the second signal ends the process at once.
 *
 * <p>A shutdown hook would not do: while it waits for the checkpoint the virtual machine is already
 * going down, a second Ctrl-C is not heard, and the exit code is no longer the command's. The
 * signals' interface is in the module {@code jdk.unsupported}; it is reached by reflection because
 * the compiler warns of it. Signals that the process was started to ignore, as {@code nohup} does,
 * stay ignored.
 */
final class Interruption implements AutoCloseable, BooleanSupplier {
  private static final Logger LOGGER = LoggerFactory.getLogger(Interruption.class);
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final AtomicBoolean requested = new AtomicBoolean();
  private final List<Runnable> restorers = new ArrayList<>();
  private final PrintStream err;

  private Interruption(PrintStream err) {
    this.err = err;
  }

  /**
   * Listens to the signals until closed.
   *
   * @param err is told that the process will stop
   * @return what is asked between steps
   */
  static Interruption listen(PrintStream err) {
    Interruption interruption = new Interruption(err);
    for (String signal : SIGNALS) {
      try {
        interruption.handle(signal);
      } catch (InvocationTargetException unavailable) {
        // not a signal of this system, or kept by the virtual machine (-Xrs)
        LOGGER.debug("SIG{} is not handled: {}", signal, unavailable.getCause().getMessage());
      } catch (ReflectiveOperationException unavailable) {
        LOGGER.warn("Ctrl-C will lose what came after the last checkpoint: {}", "" + unavailable);
        break;
      }
    }
    if (Boolean.getBoolean(JavaCommand.STOP_AT_END_OF_INPUT)) {
      interruption.awaitEndOfInput();
    }
    return interruption;
  }

  /** A sweep holds the other end of its members' input; it may ask them to stop, or be killed. */
  private void awaitEndOfInput() {
    Thread thread =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException brokenPipe) {
                LOGGER.debug("standard input broke off: {}", brokenPipe.getMessage());
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

  private void onSignal() {
    if (requested.getAndSet(true)) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
    err.println();
    err.println("stopping after this step, a checkpoint is kept; Ctrl-C again stops at once");
  }

  private void handle(String name) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object signal = signalType.getConstructor(String.class).newInstance(name);
    InvocationHandler calls =
        (proxy, method, arguments) -> {
          onSignal();
          return null;
        };
    Object handler =
        Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, calls);
    Object before = set(signalType, handlerType, signal, handler);
    if (before == handlerType.getField("SIG_IGN").get(null)) {
      set(signalType, handlerType, signal, before);
      return;
    }
    restorers.add(
        () -> {
          try {
            set(signalType, handlerType, signal, before);
          } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
          }
        });
  }

  private static Object set(
      Class<?> signalType, Class<?> handlerType, Object signal, Object handler)
      throws ReflectiveOperationException {
    return signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
  }

  @Override
  public void close() {
    restorers.forEach(Runnable::run);
    restorers.clear();
  }
}
