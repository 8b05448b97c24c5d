package org.largevae.api.dataset;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.largevae.api.data.DataException;

/**
 * The class that each example belongs to. Models are trained without it; scores, encodings and
 * figures carry it.
 *
 * @param names the classes' names, each once, at least one
 * @param indices an example's class by its place among the names, for each example in the dataset's
 *     order; not copied
 */
public record Labels(List<String> names, int[] indices) {

  /**
   * Checks that the names differ and that each index has one.
   *
   * @throws DataException if not
   */
  public Labels {
    names = List.copyOf(names);
    Objects.requireNonNull(indices, "indices is null");
    if (new HashSet<>(names).size() < names.size()) {
      throw new DataException("labels: two classes have the same name: " + names);
    }
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || indices[i] >= names.size()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "labels: that of example %d, counted from 0, is %d, but there are %d classes,"
                    + " counted from 0",
                i,
                indices[i],
                names.size()));
      }
    }
  }

  /**
   * Labels of examples whose classes are known by name.
   *
   * @param classes an example's class, for each example in the dataset's order
   * @return the labels; the names are in the order of their characters, or by value where all are
   *     whole numbers
   */
  public static Labels of(List<String> classes) {
    List<String> names = classes.stream().distinct().sorted().toList();
    if (names.stream().allMatch(name -> name.matches("-?\\d{1,18}"))) {
      names = names.stream().sorted(Comparator.comparingLong(Long::parseLong)).toList();
    }
    Map<String, Integer> places = new HashMap<>();
    names.forEach(name -> places.put(name, places.size()));
    return new Labels(names, classes.stream().mapToInt(places::get).toArray());
  }
}
