package org.largevae.datasets.format;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.largevae.api.data.DataException;

/**
 * Finds columns whose numbers lose their meaning in 32 bits, number the examples, or say nothing.
 *
 * @param source the file, for messages
 * @param columns one scan for each, null until its first value
 * @param shown what a column is called in messages
 * @param remedy what takes columns out, a clause such as {@code leave it out with ...}
 */
record ColumnScans(
    String source,
    ColumnScan[] columns,
    IntFunction<String> shown,
    Function<List<Integer>, String> remedy) {
  private static final int MOST_SHOWN = 20;
  private static final double MOST_DIGITS = 1e15;

  /** Scans of columns that have no values yet. */
  static ColumnScans of(
      String source, int count, IntFunction<String> shown, Function<List<Integer>, String> remedy) {
    return new ColumnScans(source, new ColumnScan[count], shown, remedy);
  }

  /** The next value of a column. */
  void add(int column, double value) {
    // made when needed: a damaged file may declare many columns and hold none
    if (columns[column] == null) {
      columns[column] = new ColumnScan();
    }
    columns[column].add(value);
  }

  /**
   * Refuses numbers too close to each other for 32 bits.
   *
   * @return warnings of columns whose steps are lost, one sentence each
   * @throws DataException naming the first column whose range is lost
   */
  List<String> precision() {
    for (int column : which(i -> columns[i].losesItsRange())) {
      throw new DataException(lost(column) + "; " + cure(column));
    }
    return which(i -> columns[i].losesItsSteps()).stream()
        .map(column -> lost(column) + ", which makes neighbours equal; " + cure(column))
        .toList();
  }

  private String lost(int column) {
    ColumnScan scan = columns[column];
    return String.format(
        Locale.ROOT,
        "%s: %s goes from %s to %s, but 32-bit numbers, with which models compute, move its values"
            + " by up to %.2g",
        source,
        shown.apply(column),
        text(scan.lowest()),
        text(scan.highest()),
        scan.rounding());
  }

  private String cure(int column) {
    return String.format(
        Locale.ROOT,
        "subtract %s from its values, or %s",
        text(columns[column].lowest()),
        remedy.apply(List.of(column)));
  }

  /**
   * Whether columns number the examples, and are hardly meant to be learned.
   *
   * @param isNamedSo whether a column is called what row numbers are
   * @return a warning that names them; empty if none does
   */
  Optional<String> rowNumbers(IntPredicate isNamedSo) {
    List<Integer> numbering =
        which(i -> columns[i].isEven() || columns[i].risesInWholeNumbers() && isNamedSo.test(i));
    // where all do, there is nothing that they number
    return warning(
        numbering,
        () ->
            String.format(
                Locale.ROOT,
                "%s: %s goes %s from each example to the next, as row numbers do, and would be learned"
                    + " as data; if that is not meant, %s",
                source,
                names(numbering),
                direction(columns[numbering.get(0)]),
                remedy.apply(numbering)));
  }

  /**
   * Whether columns hold one number only.
   *
   * @return a warning that names them; empty if none does
   */
  Optional<String> constants() {
    List<Integer> constant = which(i -> columns[i].isConstant());
    return warning(
        constant,
        () ->
            String.format(
                Locale.ROOT,
                "%s: %s holds one number in every example, about which a density of real numbers grows"
                    + " without bound; %s",
                source,
                names(constant),
                remedy.apply(constant)));
  }

  private Optional<String> warning(List<Integer> found, Supplier<String> text) {
    return found.isEmpty() || found.size() == columns.length
        ? Optional.empty()
        : Optional.of(text.get());
  }

  private static String direction(ColumnScan scan) {
    String way = scan.step() < 0 ? "down" : "up";
    return scan.isEven() ? way + " by " + step(Math.abs(scan.step())) : "up in whole numbers";
  }

  private List<Integer> which(IntPredicate property) {
    return IntStream.range(0, columns.length).filter(property).boxed().toList();
  }

  private String names(List<Integer> some) {
    return some.stream().limit(MOST_SHOWN).map(shown::apply).collect(Collectors.joining(", "))
        + (some.size() > MOST_SHOWN ? " and " + (some.size() - MOST_SHOWN) + " others" : "");
  }

  /** A difference, without the digits that subtracting left. */
  private static String step(double value) {
    return value == Math.rint(value) ? text(value) : String.valueOf((float) value);
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < MOST_DIGITS
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.valueOf(value);
  }
}
