package org.largevae.runner.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigValueFactory;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.registry.Registry;
import org.largevae.runner.configuration.ComponentShorthand;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.configuration.Faults;
import org.largevae.runner.run.ExperimentCheck;

/** Makes the members of a sweep and checks every one of them before any is run. */
public final class SweepPlanner {
  private static final int MOST_CELLS = 10_000;

  private final ExperimentLoader experiments;
  private final Registry registry;
  private final ExperimentCheck check;

  /**
   * Plans with these parts.
   *
   * @param experiments resolves members
   * @param registry knows the keys of components
   * @param check checks members
   */
  @Inject
  public SweepPlanner(ExperimentLoader experiments, Registry registry, ExperimentCheck check) {
    this.experiments = experiments;
    this.registry = registry;
    this.check = check;
  }

  /**
   * Plans a sweep.
   *
   * @param definition what its file says
   * @param overrides each {@code KEY=VALUE}, for all members
   * @param seeds to run the seeds from 1 to this instead of the file's
   * @return the sweep
   * @throws ConfigurationException if something is wrong with any member; the message has one line
   *     for each fault
   * @throws org.largevae.api.data.DataException if data are bad or missing
   */
  public Sweep plan(SweepDefinition definition, List<String> overrides, OptionalInt seeds) {
    List<Axis> axes = withSeeds(definition.axes(), seeds);
    ConfigObject given = ExperimentLoader.overrides(overrides);
    requireApart(axes, given);
    List<Draft> drafts = drafts(definition, axes, given);
    List<GridCell> cells = resolve(definition, axes, drafts);
    requireDistinctNames(cells);
    return new Sweep(
        definition.name(), axes, cells, definition.published(), overrides, definition.text());
  }

  /** A cell before its experiment is resolved: its choices, and all layers above the base. */
  private record Draft(String prefix, List<AxisValue> choices, List<ConfigObject> layers) {

    String name() {
      List<String> parts =
          Stream.concat(Stream.of(prefix), choices.stream().map(AxisValue::part))
              .filter(part -> !part.isEmpty())
              .toList();
      return parts.isEmpty() ? "run" : SweepLabels.folderName(parts);
    }
  }

  private static List<Axis> withSeeds(List<Axis> axes, OptionalInt seeds) {
    if (seeds.isEmpty()) {
      return axes;
    }
    List<AxisValue> choices =
        IntStream.rangeClosed(1, seeds.getAsInt())
            .mapToObj(
                seed -> {
                  var origin = ConfigOriginFactory.newSimple("--seeds");
                  var value = ConfigValueFactory.fromAnyRef(seed).withOrigin(origin);
                  return new AxisValue(
                      "" + seed, "seed-" + seed, ConfigValues.layer(Axis.SEED, value));
                })
            .toList();
    List<Axis> result = new ArrayList<>(axes.stream().filter(axis -> !axis.isSeed()).toList());
    result.add(new Axis(Axis.SEED, choices));
    return result;
  }

  /** No key may be set in two places, of which one would silently count. */
  private static void requireApart(List<Axis> axes, ConfigObject given) {
    Faults faults = new Faults();
    Map<String, String> owners = new LinkedHashMap<>();
    keys(given).forEach(key -> owners.put(key, "the command line"));
    for (Axis axis : axes) {
      Set<String> own = new TreeSet<>();
      axis.choices().forEach(choice -> own.addAll(keys(choice.layer())));
      for (String key : own) {
        String owner = owners.putIfAbsent(key, "the axis " + axis.key());
        if (owner != null) {
          faults.add(
              String.format(
                  Locale.ROOT,
                  "%s: is set by %s and by the axis %s; leave one out (from %s)",
                  key,
                  owner,
                  axis.key(),
                  origin(axis, key)));
        }
      }
    }
    faults.throwIfAny();
  }

  private static Set<String> keys(ConfigObject layer) {
    return ComponentShorthand.expand(layer).toConfig().entrySet().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String origin(Axis axis, String key) {
    return axis.choices().stream()
        .map(choice -> ComponentShorthand.expand(choice.layer()).toConfig())
        .filter(layer -> layer.hasPath(key))
        .map(layer -> layer.getValue(key).origin().description())
        .findFirst()
        .orElse("");
  }

  private static List<Draft> drafts(
      SweepDefinition definition, List<Axis> axes, ConfigObject given) {
    // twenty axes of ten values each would overflow a long
    BigInteger count =
        axes.stream()
            .map(axis -> BigInteger.valueOf(axis.choices().size()))
            .reduce(BigInteger.ONE, BigInteger::multiply);
    if (count.compareTo(BigInteger.valueOf(MOST_CELLS)) > 0) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "sweep %s: has %,d combinations, more than %,d; leave out some values",
              definition.name(),
              count,
              MOST_CELLS));
    }
    List<List<AxisValue>> grid = List.of(List.of());
    for (Axis axis : axes) {
      grid =
          grid.stream()
              .flatMap(
                  start ->
                      axis.choices().stream()
                          .map(
                              choice -> {
                                List<AxisValue> longer = new ArrayList<>(start);
                                longer.add(choice);
                                return List.copyOf(longer);
                              }))
              .toList();
    }
    return grid.stream()
        .map(
            choices -> {
              List<ConfigObject> layers =
                  Stream.concat(
                          Stream.of(definition.overrides(), given),
                          choices.stream().map(AxisValue::layer))
                      .map(ComponentShorthand::expand)
                      .toList();
              return new Draft(definition.prefix(), choices, layers);
            })
        .toList();
  }

  private List<GridCell> resolve(SweepDefinition definition, List<Axis> axes, List<Draft> drafts) {
    Config base = experiments.load(List.of(definition.base())).config();
    ComponentKeys components =
        ComponentKeys.of(registry, base, drafts.stream().map(Draft::layers).toList());
    Set<String> material = new TreeSet<>();
    axes.forEach(axis -> axis.choices().forEach(c -> material.addAll(keys(c.layer()))));
    Faults faults = new Faults();
    Map<Config, Member> members = new HashMap<>();
    List<GridCell> cells = new ArrayList<>();
    for (Draft draft : drafts) {
      ConfigObject own = components.applicable(draft.layers());
      Config named =
          ConfigFactory.empty()
              .withValue(ResultKeys.NAME, ConfigValueFactory.fromAnyRef(draft.name()));
      List<ConfigObject> layers = List.of(definition.base(), own, named.root());
      Experiment experiment = faults.read(() -> checked(layers), null);
      if (experiment != null) {
        Config identity = ResultKeys.of(experiment.config(), material);
        boolean threads = layers.stream().anyMatch(SweepPlanner::choosesThreads);
        Member member =
            members.computeIfAbsent(
                identity, key -> new Member(draft.name(), experiment, key, threads));
        cells.add(new GridCell(draft.name(), labels(axes, draft.choices()), member));
      }
    }
    faults.throwIfAny();
    return cells;
  }

  private Experiment checked(List<ConfigObject> layers) {
    Experiment experiment = experiments.load(layers);
    check.check(experiment);
    return experiment;
  }

  private static boolean choosesThreads(ConfigObject layer) {
    Config config = layer.toConfig();
    return config.hasPath(ResultKeys.THREADS)
        && !"auto".equals(String.valueOf(config.getValue(ResultKeys.THREADS).unwrapped()));
  }

  private static Map<String, String> labels(List<Axis> axes, List<AxisValue> choices) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < axes.size(); i++) {
      labels.put(axes.get(i).key(), choices.get(i).label());
    }
    return labels;
  }

  private static void requireDistinctNames(List<GridCell> cells) {
    Faults faults = new Faults();
    Map<String, GridCell> named = new HashMap<>();
    for (GridCell cell : cells) {
      GridCell other = named.putIfAbsent(cell.name().toLowerCase(Locale.ROOT), cell);
      if (other != null) {
        faults.add(
            String.format(
                Locale.ROOT,
                "two members would be named \"%s\": %s and %s; give the entries of runs names that"
                    + " differ in letters or digits",
                cell.name(),
                other.labels(),
                cell.labels()));
      }
    }
    faults.throwIfAny();
  }
}
