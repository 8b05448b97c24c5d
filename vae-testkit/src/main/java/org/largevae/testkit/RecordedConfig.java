package org.largevae.testkit;

import com.typesafe.config.Config;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.TreeSet;

/** A configuration that takes note of the paths that are read from it. */
final class RecordedConfig {
  private final Set<String> read = new TreeSet<>();
  private final Set<String> values = new TreeSet<>();
  private final Config config;

  RecordedConfig(Config config) {
    this.config = record(config, "");
  }

  Config config() {
    return config;
  }

  /** Every path that was read or asked for, sections included. */
  Set<String> read() {
    return read;
  }

  /** The paths that were read as values: no sections, none that were only asked for. */
  Set<String> valuesRead() {
    return values;
  }

  private Config record(Config target, String prefix) {
    return (Config)
        Proxy.newProxyInstance(
            Config.class.getClassLoader(),
            new Class<?>[] {Config.class},
            (proxy, method, arguments) -> call(target, prefix, method, arguments));
  }

  private Object call(Config target, String prefix, Method method, Object[] arguments)
      throws Throwable {
    String name = method.getName();
    boolean reads = name.startsWith("get") || name.startsWith("hasPath");
    String path = null;
    if (reads && arguments != null && arguments[0] instanceof String key) {
      path = prefix + key;
      read.add(path);
      if (name.startsWith("get") && !name.equals("getConfig") && !name.equals("getObject")) {
        values.add(path);
      }
    }
    try {
      Object result = method.invoke(target, arguments);
      return name.equals("getConfig") && path != null
          ? record((Config) result, path + ".")
          : result;
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
