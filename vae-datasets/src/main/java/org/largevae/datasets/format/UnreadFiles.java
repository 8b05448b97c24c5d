package org.largevae.datasets.format;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Files in a folder of images that are not read, counted by the endings of their names.
 *
 * @param counts how many there are, by ending, as {@code .tif}; {@code other} where it says nothing
 */
record UnreadFiles(Map<String, Integer> counts) {
  private static final int MOST_NAMED = 8;
  private static final String OTHER = "other";
  private static final Set<String> PICTURES =
      Set.of(
          ".arw", ".avif", ".bmp", ".cr2", ".dng", ".exr", ".gif", ".heic", ".heif", ".ico",
          ".jfif", ".jp2", ".jpe", ".jxl", ".nef", ".pbm", ".pcx", ".pgm", ".pnm", ".ppm", ".psd",
          ".svg", ".tga", ".tif", ".tiff", ".webp");

  UnreadFiles {
    counts = Map.copyOf(counts);
  }

  /** Counts files by their names. */
  static UnreadFiles of(List<String> names) {
    Map<String, Integer> counts = new TreeMap<>();
    names.forEach(name -> counts.merge(ending(name), 1, Integer::sum));
    return new UnreadFiles(counts);
  }

  private static String ending(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String ending = lower.substring(Math.max(0, lower.lastIndexOf('.')));
    return ending.matches("\\.[a-z0-9]{1,8}") ? ending : OTHER;
  }

  /**
   * The counts in words.
   *
   * @return for example {@code 40 .tif, 8 .txt}, the most first; empty if nothing is left out
   */
  Optional<String> text() {
    if (counts.isEmpty()) {
      return Optional.empty();
    }
    List<Map.Entry<String, Integer>> sorted =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    String named =
        sorted.stream()
            .limit(MOST_NAMED)
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    int rest = sorted.stream().skip(MOST_NAMED).mapToInt(Map.Entry::getValue).sum();
    return Optional.of((rest == 0 ? named : named + ", " + rest + " more") + advice(sorted));
  }

  private static String advice(List<Map.Entry<String, Integer>> sorted) {
    return sorted.stream()
        .map(Map.Entry::getKey)
        .filter(PICTURES::contains)
        .findFirst()
        .map(
            ending ->
                "; only PNG and JPEG are read, so convert other pictures, for example with `magick"
                    + " mogrify -format png *"
                    + ending
                    + "`")
        .orElse("");
  }
}
