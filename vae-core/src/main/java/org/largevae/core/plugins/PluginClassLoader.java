package org.largevae.core.plugins;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads one plugin: the API and what its signatures mention from the program, so that both sides
 * mean the same types; everything else from the plugin's own jars first, so that its libraries may
 * be of other versions than the program's.
 */
public final class PluginClassLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  /** What plugin and program have to share. The JDK's own classes come from the parent anyway. */
  private static final List<String> SHARED =
      List.of(
          "java.", "javax.", "org.largevae.api.", "ai.djl.", "com.typesafe.config.", "org.slf4j.");

  private static final String SERVICES = "META-INF/services/org.largevae.api.";

  private final String plugin;

  /**
   * A loader of one plugin.
   *
   * @param plugin its jar or folder, for messages
   * @param jars its jars
   * @param parent the program's loader
   */
  PluginClassLoader(String plugin, List<URL> jars, ClassLoader parent) {
    super(plugin, jars.toArray(URL[]::new), parent);
    this.plugin = plugin;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = isShared(name) ? parentFirst(name) : ownFirst(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  private Class<?> parentFirst(String name) throws ClassNotFoundException {
    try {
      return getParent().loadClass(name);
    } catch (ClassNotFoundException notShared) {
      return findClass(name);
    }
  }

  private Class<?> ownFirst(String name) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException notOwn) {
      return getParent().loadClass(name);
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own != null || name.startsWith(SERVICES) ? own : getParent().getResource(name);
  }

  /** The program's own services are not this plugin's; other resources are looked up in both. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = Collections.list(findResources(name));
    if (!name.startsWith(SERVICES)) {
      all.addAll(Collections.list(getParent().getResources(name)));
    }
    return Collections.enumeration(all);
  }

  private static boolean isShared(String name) {
    return SHARED.stream().anyMatch(name::startsWith);
  }
}
