package org.largevae.core.folder;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.largevae.api.data.DataException;
import org.largevae.api.files.MessageText;
import org.largevae.core.engine.Devices;

/** What is needed to repeat a run: versions, data, seed, device, threads. */
public final class Provenance {
  /** The file's name. */
  public static final String FILE = "provenance.json";

  private static final String DATA = "data-sha256";
  private static final String CHANGED = "changed-data-sha256";
  private static final String FIRST_STAGE = "start-from";
  private static final int SHOWN = 3;

  private Provenance() {}

  private static Map<String, Object> describe(
      long seed,
      int threads,
      Device device,
      Map<String, String> fingerprints,
      Map<String, String> changed,
      Map<String, String> firstStage) {
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
    provenance.put("threads", threads);
    provenance.put("seed", seed);
    provenance.put(DATA, new TreeMap<>(fingerprints));
    if (!changed.isEmpty()) {
      provenance.put(CHANGED, changed);
    }
    if (!firstStage.isEmpty()) {
      provenance.put(FIRST_STAGE, firstStage);
    }
    provenance.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return provenance;
  }

  /**
   * Whether a folder has a run that was begun, so that its data are known or have to be.
   *
   * @param folder the run's
   * @return true if there is a record of it, or a checkpoint
   */
  public static boolean isBegun(Path folder) {
    return Files.exists(folder.resolve(FILE))
        || Files.exists(folder.resolve(RunFolder.CHECKPOINTS));
  }

  /**
   * Describes a run that starts now, or goes on: then the data are recorded as they were at its
   * beginning, and other data that it goes on with beside them.
   *
   * @param folder the run's
   * @param seed of all randomness
   * @param threads of the engine on the CPU
   * @param device where the model lives
   * @param fingerprints the SHA-256 of each file of data, by its name
   * @param firstStage whose weights it starts from, where it starts now; a run that goes on keeps
   *     what is recorded
   * @return what is written to {@link #FILE}
   */
  public static Map<String, Object> begin(
      Path folder,
      long seed,
      int threads,
      Device device,
      Map<String, String> fingerprints,
      Optional<FirstStage> firstStage) {
    boolean begun = Files.exists(folder.resolve(FILE));
    Map<String, String> from =
        firstStage.map(FirstStage::provenance).orElseGet(() -> firstStage(folder));
    if (!begun) {
      return describe(seed, threads, device, fingerprints, Map.of(), from);
    }
    Map<String, String> first = data(folder);
    Map<String, String> changed =
        first.equals(fingerprints) ? changed(folder) : new TreeMap<>(fingerprints);
    return describe(seed, threads, device, first, changed, from);
  }

  /**
   * The SHA-256 of the data that a run was begun with.
   *
   * @param folder the run's
   * @return by the files' names
   * @throws DataException if the record is missing or damaged
   */
  public static Map<String, String> data(Path folder) {
    return recorded(folder, DATA);
  }

  /** Data that the run went on with though they were not those that it was begun with. */
  private static Map<String, String> changed(Path folder) {
    return optional(folder, CHANGED);
  }

  /** What a run started from, as {@link FirstStage#provenance} gave it; empty if from nothing. */
  static Map<String, String> firstStage(Path folder) {
    return Files.exists(folder.resolve(FILE)) ? optional(folder, FIRST_STAGE) : Map.of();
  }

  private static Map<String, String> optional(Path folder, String key) {
    boolean none = !JsonFile.read(folder.resolve(FILE)).has(key);
    return none ? Map.of() : recorded(folder, key);
  }

  private static Map<String, String> recorded(Path folder, String key) {
    Path file = folder.resolve(FILE);
    Map<String, String> recorded = new TreeMap<>();
    try {
      JsonFile.read(file)
          .object(key)
          .entrySet()
          .forEach(entry -> recorded.put(entry.getKey(), entry.getValue().getAsString()));
      return recorded;
    } catch (IllegalStateException | UnsupportedOperationException damaged) {
      throw new DataException(file + ": is damaged: its " + key + " is no list of texts", damaged);
    }
  }

  /**
   * Refuses data that are not those a run was begun with: its test examples might be ones that it
   * was trained on.
   *
   * @param folder the run's
   * @param found the SHA-256 of each file as it is now, by its name
   * @throws ChangedDataException if one differs; the message has both
   */
  public static void requireSameData(Path folder, Map<String, String> found) {
    Map<String, String> recorded = data(folder);
    if (recorded.equals(found)) {
      requireNoOtherData(folder);
      return;
    }
    Set<String> names = new TreeSet<>(recorded.keySet());
    names.addAll(found.keySet());
    String differences =
        names.stream()
            .filter(name -> !Objects.equals(recorded.get(name), found.get(name)))
            .limit(SHOWN)
            .map(
                name ->
                    String.format(
                        Locale.ROOT,
                        "%s was %s and is %s",
                        MessageText.of(name),
                        recorded.getOrDefault(name, "not there"),
                        found.getOrDefault(name, "not there")))
            .collect(Collectors.joining(", "));
    throw new ChangedDataException(
        folder
            + ": its data have changed since it was begun, so that its test examples may be ones it"
            + " was trained on: by SHA-256 "
            + differences);
  }

  private static void requireNoOtherData(Path folder) {
    if (!changed(folder).isEmpty()) {
      throw new ChangedDataException(
          folder
              + ": was trained for a while with other data than those it was begun with ("
              + CHANGED
              + " in its "
              + FILE
              + "), so that its test examples may be ones it was trained on");
    }
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
