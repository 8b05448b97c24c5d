package org.largevae.runner.run;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.largevae.core.engine.Devices;
import org.largevae.runner.experiment.Experiment;

/** What is needed to repeat a run: versions, data, seed, device, threads. */
final class Provenance {

  private Provenance() {}

  /**
   * Describes a run that starts now.
   *
   * @param experiment what is run
   * @param device where
   * @param fingerprints the SHA-256 of each data file
   * @return names and values, in the order to show
   */
  static Map<String, Object> describe(
      Experiment experiment, Device device, Map<String, String> fingerprints) {
    Map<String, Object> provenance = new LinkedHashMap<>();
    Attributes build = build();
    provenance.put("large-vae", attribute(build, "Implementation-Version"));
    provenance.put("git-commit", attribute(build, "Git-Commit"));
    provenance.put("djl", Engine.getDjlVersion());
    provenance.put("engine", "PyTorch " + Engine.getEngine("PyTorch").getVersion());
    provenance.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    provenance.put(
        "operating-system",
        String.format(
            Locale.ROOT,
            "%s %s %s",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")));
    provenance.put("processors", Runtime.getRuntime().availableProcessors());
    provenance.put("device", Devices.name(device));
    provenance.put("threads", experiment.threads());
    provenance.put("seed", experiment.seed());
    provenance.put("data-sha256", new TreeMap<>(fingerprints));
    provenance.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return provenance;
  }

  private static String attribute(Attributes build, String name) {
    String value = build.getValue(name);
    return value == null ? "unknown" : value;
  }

  /** The manifest of the jar that this class came from; empty when run from a folder of classes. */
  private static Attributes build() {
    String here = Provenance.class.getSimpleName() + ".class";
    String location = String.valueOf(Provenance.class.getResource(here));
    if (!location.startsWith("jar:")) {
      return new Attributes();
    }
    String manifest = location.substring(0, location.indexOf('!')) + "!/META-INF/MANIFEST.MF";
    try (InputStream stream = URI.create(manifest).toURL().openStream()) {
      return new Manifest(stream).getMainAttributes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
