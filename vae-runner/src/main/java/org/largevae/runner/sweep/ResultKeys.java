package org.largevae.runner.sweep;

import com.typesafe.config.Config;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What makes two experiments the same: every key that may change a result. */
final class ResultKeys {
  static final String EPOCHS = "training.epochs";
  static final String THREADS = "experiment.threads";
  static final String NAME = "experiment.name";

  /** The last digits may change with the device and its threads; a result's meaning does not. */
  private static final List<String> IMMATERIAL =
      List.of(NAME, THREADS, "experiment.device", "training.checkpoint-seconds");

  private ResultKeys() {}

  /**
   * An experiment's identity.
   *
   * @param config its whole configuration
   * @param material keys that count although they would not elsewhere, because an axis sets them
   * @return the configuration that is compared
   */
  static Config of(Config config, Collection<String> material) {
    Config identity = config;
    for (String key : IMMATERIAL) {
      identity = material.contains(key) ? identity : identity.withoutPath(key);
    }
    return identity;
  }

  /** The keys in which two differ, as text for people. */
  static String differences(Config one, Config other) {
    Set<String> keys =
        Stream.of(one, other)
            .flatMap(config -> config.entrySet().stream())
            .map(entry -> entry.getKey())
            .collect(Collectors.toCollection(TreeSet::new));
    return keys.stream()
        .filter(key -> !value(one, key).equals(value(other, key)))
        .map(key -> key + " (" + value(one, key) + ", now " + value(other, key) + ")")
        .collect(Collectors.joining(", "));
  }

  private static String value(Config config, String key) {
    return config.hasPath(key) ? String.valueOf(config.getValue(key).unwrapped()) : "unset";
  }
}
