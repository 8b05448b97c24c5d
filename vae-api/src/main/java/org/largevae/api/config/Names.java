package org.largevae.api.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

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
    return known.stream()
        .filter(candidate -> distance(wanted, candidate) <= allowed)
        .min(Comparator.comparingInt((String c) -> distance(wanted, c)).thenComparing(c -> c));
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

  /** Levenshtein's edit distance, one row at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
