package org.largevae.api.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Helps with a name that does not exist. */
public final class Names {

  private Names() {}

  /**
   * The known name that a mistyped one was most likely meant to be.
   *
   * @param name what was written
   * @param known what exists
   * @return the nearest by edit distance; empty if none is near
   */
  public static Optional<String> nearest(String name, Collection<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    // something of what was written must stay: 4 is not mistyped for 2
    int allowed = Math.min(wanted.length() - 1, Math.max(2, wanted.length() / 3));
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .filter(candidate -> distance.apply(wanted, candidate) <= allowed)
        .min(
            Comparator.comparingInt((String candidate) -> distance.apply(wanted, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * A question to be put behind a sentence, in place of its full stop.
   *
   * @param name what was written
   * @param known what exists
   * @return for example {@code ; did you mean vampprior?}, or nothing if no name is near
   */
  public static String question(String name, Collection<String> known) {
    return nearest(name, known).map(near -> "; did you mean " + near + "?").orElse("");
  }

  /**
   * A sentence that proposes the nearest name and lists what exists.
   *
   * @param name what was written
   * @param known what exists
   * @return for example {@code Did you mean "vampprior"? Known: standard, vampprior.}
   */
  public static String suggest(String name, Collection<String> known) {
    String list =
        known.isEmpty() ? "None is known." : "Known: " + String.join(", ", sorted(known)) + ".";
    return nearest(name, known).map(near -> "Did you mean \"" + near + "\"? " + list).orElse(list);
  }

  private static Collection<String> sorted(Collection<String> names) {
    return names.stream().sorted().toList();
  }
}
