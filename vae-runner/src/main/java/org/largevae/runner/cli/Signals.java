package org.largevae.runner.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * Signals to the process. Their interface is in the module {@code jdk.unsupported}; it is reached
 * by reflection because the compiler warns of it.
 */
final class Signals {

  private Signals() {}

  /**
   * Has something done at a signal, unless the process was started to ignore it, as {@code nohup}
   * does.
   *
   * @param name without {@code SIG}
   * @param action is done in a thread of its own
   * @return puts back what was done before; empty where this system has no such signal or the
   *     virtual machine keeps it for itself ({@code -Xrs})
   * @throws ReflectiveOperationException if this Java has no such interface
   */
  static Optional<Runnable> handle(String name, Runnable action)
      throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    InvocationHandler calls =
        (proxy, method, arguments) -> {
          action.run();
          return null;
        };
    Object handler =
        Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, calls);
    Object signal;
    Object before;
    try {
      signal = signalType.getConstructor(String.class).newInstance(name);
      before = set(signalType, handlerType, signal, handler);
    } catch (InvocationTargetException unavailable) {
      return Optional.empty();
    }
    if (before == handlerType.getField("SIG_IGN").get(null)) {
      set(signalType, handlerType, signal, before);
    }
    return Optional.of(
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
}
