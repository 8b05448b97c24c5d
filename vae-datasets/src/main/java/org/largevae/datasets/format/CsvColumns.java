package org.largevae.datasets.format;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.largevae.api.config.HoconText;
import org.largevae.api.config.Names;
import org.largevae.api.data.DataException;
import org.largevae.api.files.MessageText;

/**
 * The columns of a table.
 *
 * @param names in order; empty for a table without a header
 * @param count how many there are
 * @param indices of those that are read, ascending, from 0
 * @param leaveOut those that are not, as the configuration has them
 */
record CsvColumns(List<String> names, int count, int[] indices, List<String> leaveOut) {
  private static final int LONGEST_NAME = 60;
  private static final Pattern ROW_NUMBERS =
      Pattern.compile(
          "(?i)|unnamed: 0|(.*[ _.-])?(id|index|idx|row|rowid|no|nr|number|#)[.]?|rownames?");

  /**
   * The columns of a table but for those to leave out.
   *
   * @param header their names, or none
   * @throws DataException if one to leave out does not exist, or none is left
   */
  static CsvColumns of(String source, List<String> header, int count, List<String> leaveOut) {
    List<String> names = header.stream().map(String::strip).toList();
    Set<Integer> without = new TreeSet<>();
    for (String left : leaveOut) {
      without.addAll(find(source, names, count, left.strip()));
    }
    int[] indices = IntStream.range(0, count).filter(i -> !without.contains(i)).toArray();
    if (indices.length == 0) {
      throw new DataException(source + ": dataset.leave-out leaves no columns");
    }
    return new CsvColumns(names, count, indices, List.copyOf(leaveOut));
  }

  private static List<Integer> find(String source, List<String> names, int count, String left) {
    List<Integer> named =
        IntStream.range(0, names.size()).filter(i -> names.get(i).equals(left)).boxed().toList();
    if (!named.isEmpty()) {
      return named;
    }
    if (left.matches("\\d{1,9}")
        && Integer.parseInt(left) >= 1
        && Integer.parseInt(left) <= count) {
      return List.of(Integer.parseInt(left) - 1);
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s: has no column \"%s\", which dataset.leave-out names%s; it has %d columns%s",
            source,
            MessageText.of(left),
            Names.nearest(left, names)
                .map(near -> "; did you mean " + HoconText.of(near) + "?")
                .orElse(""),
            count,
            names.isEmpty() ? " without names, counted from 1" : ": " + HoconText.of(names)));
  }

  /** The names of the columns that are read; none where two are the same or one is empty. */
  List<String> distinctNames() {
    List<String> read =
        names.isEmpty() ? List.of() : Arrays.stream(indices).mapToObj(names::get).toList();
    boolean tell = read.stream().noneMatch(String::isEmpty);
    return tell && read.stream().distinct().count() == read.size() ? read : List.of();
  }

  /** A column for people, counted from 1. */
  String shown(int column) {
    boolean named = !names.isEmpty() && !names.get(column).isEmpty();
    return "column " + (column + 1) + (named ? " (" + MessageText.of(names.get(column)) + ")" : "");
  }

  /** The setting that leaves columns out besides, to be pasted into a configuration. */
  String leaveOutAlso(List<Integer> columns) {
    Stream<String> before = leaveOut.stream().map(HoconText::of);
    return Stream.concat(before, columns.stream().map(this::key))
        .collect(Collectors.joining(", ", "dataset.leave-out = [", "]"));
  }

  /** Whether a column is called what programs and people call row numbers. */
  boolean isNamedLikeRowNumbers(int column) {
    return !names.isEmpty() && ROW_NUMBERS.matcher(names.get(column)).matches();
  }

  /**
   * What a column is called in a configuration: its name, or its number where it has none, shares
   * it with another, or has one that fills the message.
   */
  private String key(int column) {
    String number = String.valueOf(column + 1);
    String name = names.isEmpty() ? "" : names.get(column);
    boolean shared = names.stream().filter(name::equals).limit(2).count() > 1;
    boolean clumsy = name.isEmpty() || shared || name.length() > LONGEST_NAME;
    // a number that is the name of another column would leave that one out
    return HoconText.of(clumsy && !names.contains(number) ? number : name);
  }
}
