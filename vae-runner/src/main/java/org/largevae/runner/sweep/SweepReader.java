package org.largevae.runner.sweep;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Names;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.configuration.Faults;
import org.largevae.runner.configuration.Hocon;
import org.largevae.runner.configuration.Preset;
import org.largevae.runner.configuration.Presets;

/**
 * Reads a sweep's file, which is HOCON:
 *
 * <pre>{@code
 * sweep { name = priors, prefix = digits }
 * base = digits-vampprior            // a preset, a file beside this one, or an experiment
 * overrides { training.epochs = 20 } // for all
 * runs = [ { name = wide, model.encoder.hidden = [600, 600] } ]
 * axes {
 *   model.prior.type = [standard, vampprior]
 *   experiment.seed = [1, 2, 3]
 * }
 * }</pre>
 *
 * Members are all combinations of one entry of {@code runs} and one value of each axis; either may
 * be left out.
 */
public final class SweepReader {
  private static final List<String> KEYS =
      List.of("sweep", "base", "overrides", "runs", "axes", "printed");
  private static final String NAME = "name";
  private static final String PREFIX = "prefix";

  private final ExperimentLoader experiments;

  /**
   * Reads with this loader.
   *
   * @param experiments reads the base
   */
  @Inject
  public SweepReader(ExperimentLoader experiments) {
    this.experiments = experiments;
  }

  /**
   * Reads a file.
   *
   * @param file the file; a base that is a file is looked for beside it
   * @return the definition, its experiments' keys not yet checked
   * @throws ConfigurationException if something is wrong; the message has one line for each fault
   */
  public SweepDefinition read(Path file) {
    Path name = file.getFileName();
    String plain = String.valueOf(name).replaceFirst("\\.(conf|hocon|json)$", "");
    ConfigObject document = ExperimentLoader.read(file);
    try {
      Optional<Path> folder = Optional.of(file.toAbsolutePath().getParent());
      return read(document, plain, folder, Files.readString(file));
    } catch (IOException failure) {
      throw new ConfigurationException(file + ": cannot be read: " + failure.getMessage(), failure);
    }
  }

  /**
   * Reads a sweep that comes with a jar.
   *
   * @param presets knows its text
   * @param preset the sweep
   * @return the definition, its experiments' keys not yet checked
   * @throws ConfigurationException if something is wrong; the message has one line for each fault
   */
  public SweepDefinition read(Presets presets, Preset preset) {
    String text = presets.text(preset);
    ConfigObject document = Hocon.parse(text, "sweep " + preset.name());
    return read(document, preset.name(), Optional.empty(), text);
  }

  private SweepDefinition read(
      ConfigObject document, String plainName, Optional<Path> folder, String text) {
    Faults faults = new Faults();
    for (Map.Entry<String, ConfigValue> entry : document.entrySet()) {
      if (!KEYS.contains(entry.getKey())) {
        String suggestion = Names.suggest(entry.getKey(), KEYS);
        ConfigValues.fault(
            faults, entry.getKey(), entry.getValue(), "unknown key of a sweep. " + suggestion);
      }
    }
    String name = faults.read(() -> name(document, NAME, plainName), plainName);
    String prefix = faults.read(() -> name(document, PREFIX, ""), "");
    ConfigObject nothing = ConfigFactory.empty().root();
    ConfigObject base = faults.read(() -> base(document, folder), nothing);
    ConfigObject overrides = section(document, "overrides", faults).orElse(nothing);
    List<Axis> axes = new ArrayList<>();
    runs(document, faults).ifPresent(axes::add);
    section(document, "axes", faults).ifPresent(section -> axes.addAll(axes(section, faults)));
    Optional<PublishedTable> published =
        section(document, "printed", faults)
            .flatMap(s -> PublishedTableReader.read(s, axes, faults));
    faults.throwIfAny();
    return new SweepDefinition(name, prefix, base, overrides, axes, published, text);
  }

  private static String name(ConfigObject document, String key, String otherwise) {
    ConfigValue section = document.get("sweep");
    if (section == null) {
      return otherwise;
    }
    if (!(section instanceof ConfigObject object)
        || !Set.of(NAME, PREFIX).containsAll(object.keySet())) {
      throw ConfigValues.bad(
          "sweep", section, "must be a section of name and prefix, as { name = priors }");
    }
    ConfigValue name = object.get(key);
    if (name == null) {
      return otherwise;
    }
    String text = String.valueOf(name.unwrapped());
    if (!text.equals(SweepLabels.folderName(List.of(text))) || text.isEmpty()) {
      throw ConfigValues.bad("sweep." + key, name, "must be of letters, digits, dots and hyphens");
    }
    return text;
  }

  private ConfigObject base(ConfigObject document, Optional<Path> folder) {
    ConfigValue base = document.get("base");
    if (base instanceof ConfigObject object) {
      return object;
    }
    if (base == null || base.valueType() != ConfigValueType.STRING) {
      ConfigValue shown = base == null ? document : base;
      throw ConfigValues.bad(
          "base", shown, "must be the name of a preset, a file, or an experiment { ... }");
    }
    String source = String.valueOf(base.unwrapped());
    Optional<Path> beside =
        folder.map(parent -> parent.resolve(source)).filter(Files::isRegularFile);
    try {
      return experiments.document(beside.map(Path::toString).orElse(source));
    } catch (ConfigurationException fault) {
      throw new ConfigurationException(
          fault.getMessage() + " (base, from " + base.origin().description() + ")", fault);
    }
  }

  private static Optional<Axis> runs(ConfigObject document, Faults faults) {
    ConfigValue value = document.get("runs");
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof ConfigList list) || list.isEmpty()) {
      ConfigValues.fault(
          faults, "runs", value, "must be a list of at least one { key = value, ... }");
      return Optional.empty();
    }
    Map<String, AxisValue> choices = new LinkedHashMap<>();
    for (ConfigValue element : list) {
      if (!(element instanceof ConfigObject object)) {
        ConfigValues.fault(faults, "runs", element, "each must be a section { key = value, ... }");
        continue;
      }
      ConfigObject layer = object.withoutKey(NAME);
      String label =
          object.containsKey(NAME)
              ? String.valueOf(object.get(NAME).unwrapped())
              : SweepLabels.of(layer);
      if (choices.containsKey(label)) {
        ConfigValues.fault(faults, "runs", element, "there are two runs named \"" + label + "\"");
      }
      choices.put(label, new AxisValue(label, label, layer));
    }
    return choices.isEmpty()
        ? Optional.empty()
        : Optional.of(new Axis(Axis.RUN, List.copyOf(choices.values())));
  }

  private static List<Axis> axes(ConfigObject section, Faults faults) {
    Map<String, ConfigValue> lists = new LinkedHashMap<>();
    flatten(List.of(), section, lists);
    List<Axis> axes = new ArrayList<>();
    lists.forEach((key, value) -> axis(key, value, lists.keySet(), faults).ifPresent(axes::add));
    // seeds last: they vary fastest, and the means are over them
    return Stream.concat(
            axes.stream().filter(axis -> !axis.isSeed()), axes.stream().filter(Axis::isSeed))
        .toList();
  }

  /** In the order of the file; a quoted key with dots in it is a path too. */
  static void flatten(List<String> path, ConfigObject section, Map<String, ConfigValue> leaves) {
    section.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> firstLine(entry.getValue())))
        .forEach(
            entry -> {
              List<String> full =
                  Stream.concat(path.stream(), ConfigUtil.splitPath(entry.getKey()).stream())
                      .toList();
              if (entry.getValue() instanceof ConfigObject object) {
                flatten(full, object, leaves);
              } else {
                leaves.put(ConfigUtil.joinPath(full), entry.getValue());
              }
            });
  }

  /** A section that is written in several places has the line of its first key. */
  private static int firstLine(ConfigValue value) {
    return value instanceof ConfigObject object && !object.isEmpty()
        ? object.values().stream().mapToInt(SweepReader::firstLine).min().orElseThrow()
        : value.origin().lineNumber();
  }

  private static Optional<Axis> axis(
      String key, ConfigValue value, Set<String> keys, Faults faults) {
    if (!(value instanceof ConfigList list)) {
      ConfigValues.fault(
          faults,
          key,
          value,
          "an axis must be a list of values, for example [" + ConfigValues.show(value) + "]");
      return Optional.empty();
    }
    if (list.isEmpty()) {
      ConfigValues.fault(faults, key, value, "the axis is empty; give it a value or leave it out");
      return Optional.empty();
    }
    if (key.equals("experiment.name")) {
      ConfigValues.fault(faults, key, value, "cannot be an axis: a sweep names its members itself");
      return Optional.empty();
    }
    Set<String> labels = new LinkedHashSet<>();
    List<AxisValue> choices = new ArrayList<>();
    for (ConfigValue element : list) {
      String label = SweepLabels.of(element);
      if (!labels.add(label)) {
        ConfigValues.fault(faults, key, element, "the axis lists " + label + " twice");
      }
      ConfigObject layer = ConfigValues.layer(key, element);
      choices.add(new AxisValue(label, SweepLabels.part(key, element, keys), layer));
    }
    return Optional.of(new Axis(key, choices));
  }

  private static Optional<ConfigObject> section(ConfigObject document, String key, Faults faults) {
    ConfigValue value = document.get(key);
    if (value instanceof ConfigObject object) {
      return Optional.of(object);
    }
    if (value != null) {
      ConfigValues.fault(faults, key, value, "must be a section " + key + " { ... }");
    }
    return Optional.empty();
  }
}
