package org.largevae.runner.cli;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/** What {@code vae --version} shows. Loads no engine. */
final class VersionLines implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Attributes build = build();
    String version = value(build, "Implementation-Version").orElse("development");
    String commit = value(build, "Git-Commit").map(c -> " (commit " + c + ")").orElse("");
    // a class literal starts nothing; asking Engine itself would look for engines
    String djl = Engine.class.getPackage().getSpecificationVersion();
    return new String[] {
      "vae " + version + commit,
      "DJL " + (djl == null ? "unknown" : djl),
      "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
    };
  }

  private static Optional<String> value(Attributes build, String name) {
    return Optional.ofNullable(build.getValue(name));
  }

  /** The manifest of the jar that holds this class; empty when run from a folder of classes. */
  private static Attributes build() throws IOException {
    String here = String.valueOf(VersionLines.class.getResource("VersionLines.class"));
    if (!here.startsWith("jar:")) {
      return new Attributes();
    }
    URI manifest = URI.create(here.substring(0, here.indexOf('!')) + "!/META-INF/MANIFEST.MF");
    try (InputStream stream = manifest.toURL().openStream()) {
      return new Manifest(stream).getMainAttributes();
    }
  }
}
