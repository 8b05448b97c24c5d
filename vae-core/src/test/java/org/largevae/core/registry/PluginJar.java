package org.largevae.core.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.largevae.api.prior.PriorProvider;

/** Writes plugin jars for tests. */
final class PluginJar {
  private static final String PACKAGE = "org.largevae.core.registry.plugins.";
  private static final String SERVICES = "META-INF/services/";

  private PluginJar() {}

  /** Writes a jar that offers prior providers. */
  static Path write(Path jar, String version, String services, Class<?>... classes)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry(SERVICES + PriorProvider.class.getName()));
      out.write(services.getBytes(StandardCharsets.UTF_8));
      for (Class<?> type : classes) {
        String entry = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(entry)) {
          bytes.transferTo(out);
        }
      }
    }
    return jar;
  }

  /** Writes a jar that offers one prior provider. */
  static Path write(Path jar, Class<?> provider) throws IOException {
    return write(jar, "1.2.3", provider.getName() + "\n", provider);
  }

  /** Sees the test's own classes, but neither the plugin classes nor any services file. */
  static final class WithoutPlugins extends ClassLoader {
    WithoutPlugins() {
      super(PluginJar.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(PACKAGE)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.startsWith(SERVICES)
          ? Collections.enumeration(List.<URL>of())
          : super.getResources(name);
    }
  }
}
