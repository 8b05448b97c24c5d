package org.largevae.runner.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Names;

/**
 * The presets on the class path: of experiments in {@code META-INF/vae/presets}, of sweeps in
 * {@code META-INF/vae/sweeps}. Each jar lists its own in the file {@code index} there, one a line:
 * the name, spaces, a description; {@code #} begins a comment. The preset itself is {@code
 * NAME.conf} in the same folder.
 */
public final class Presets {
  private final String kind;
  private final String folder;
  private final Map<String, Preset> presets;

  /**
   * Finds the presets of experiments.
   *
   * @param loader searches the class path
   * @throws ConfigurationException if a jar lists a preset that it lacks, or one that another jar
   *     has too
   */
  public Presets(ClassLoader loader) {
    this(loader, "preset");
  }

  private Presets(ClassLoader loader, String kind) {
    this.kind = kind;
    this.folder = "META-INF/vae/" + kind + "s/";
    String indexes = folder + "index";
    // sweeps stay in the order of their index, which puts the shortest first
    Map<String, Preset> found = kind.equals("sweep") ? new LinkedHashMap<>() : new TreeMap<>();
    try {
      for (URL index : Collections.list(loader.getResources(indexes))) {
        read(index)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .forEach(line -> add(found, line, index, loader));
      }
    } catch (IOException unreadable) {
      throw new ConfigurationException(
          indexes + ": cannot be read: " + unreadable.getMessage(), unreadable);
    }
    this.presets = Collections.unmodifiableMap(found);
  }

  /**
   * Finds the presets of sweeps.
   *
   * @param loader searches the class path
   * @return the presets
   * @throws ConfigurationException as for those of experiments
   */
  public static Presets ofSweeps(ClassLoader loader) {
    return new Presets(loader, "sweep");
  }

  /**
   * All presets.
   *
   * @return those of experiments by name
   */
  public List<Preset> all() {
    return List.copyOf(presets.values());
  }

  /**
   * A preset by its name.
   *
   * @param name its name
   * @return the preset; empty if there is none
   */
  public Optional<Preset> find(String name) {
    return Optional.ofNullable(presets.get(name));
  }

  /**
   * A preset that a user named.
   *
   * @param name its name
   * @return the preset
   * @throws ConfigurationException if there is none; the message lists what there is
   */
  public Preset require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    String.format(
                        Locale.ROOT, "\"%s\": no such %s. %s", name, kind, suggestion(name))));
  }

  /**
   * Helps with a name that does not exist.
   *
   * @param name what was written
   * @return sentences with the nearest name, if one is near, and all names
   */
  String suggestion(String name) {
    String meant =
        Names.nearest(name, presets.keySet())
            .map(near -> "Did you mean \"" + near + "\"? ")
            .orElse("");
    String all = presets.isEmpty() ? "none" : String.join(", ", presets.keySet());
    return meant + (kind.equals("preset") ? "Presets: " : "Sweeps: ") + all + ".";
  }

  /**
   * A preset's text.
   *
   * @param preset the preset
   * @return HOCON
   * @throws ConfigurationException if it cannot be read
   */
  public String text(Preset preset) {
    try {
      return read(preset.location());
    } catch (IOException unreadable) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT, "%s %s: %s cannot be read", kind, preset.name(), preset.location()),
          unreadable);
    }
  }

  private void add(Map<String, Preset> found, String line, URL index, ClassLoader loader) {
    String[] parts = line.split("\\s+", 2);
    List<URL> locations = locations(parts[0], loader);
    if (locations.size() != 1) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s %s, listed in %s: %s",
              kind,
              parts[0],
              index,
              locations.isEmpty()
                  ? folder + parts[0] + ".conf is missing"
                  : "there is more than one: "
                      + String.join(", ", locations.stream().map(URL::toString).toList())));
    }
    found.put(parts[0], new Preset(parts[0], parts.length > 1 ? parts[1] : "", locations.get(0)));
  }

  private List<URL> locations(String name, ClassLoader loader) {
    try {
      return Collections.list(loader.getResources(folder + name + ".conf"));
    } catch (IOException unreadable) {
      throw new ConfigurationException(kind + " " + name + ": cannot be looked for", unreadable);
    }
  }

  private static String read(URL location) throws IOException {
    try (InputStream stream = location.openStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
