package org.largevae.datasets.format;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.largevae.api.data.DataException;

/** Tells a line of names from a first example. */
final class CsvHeader {
  /** Of random numbers, 2 in 720 lines of this length rise or fall throughout. */
  private static final int MONOTONE_FIELDS = 6;

  private static final int EVEN_FIELDS = 3;
  private static final double EVEN = 1e-6;

  /** How many times a column's range an example lies away at most. */
  private static final double FAR = 3;

  private static final int LINES_FOR_FAR = 5;
  private static final int LINES_FOR_FRACTIONS = 3;
  private static final double MOSTLY = 0.9;

  private CsvHeader() {}

  /**
   * Whether the first line names the columns.
   *
   * @param head the first lines
   * @throws DataException if it may or may not
   */
  static boolean isNames(String source, List<CsvRow> head, CsvFormat format) {
    if (format.header() != CsvFormat.Header.AUTO || head.isEmpty()) {
      return format.header() == CsvFormat.Header.TRUE && !head.isEmpty();
    }
    double[] first = numbers(head.get(0), format);
    long count = Arrays.stream(first).filter(value -> !Double.isNaN(value)).count();
    if (count == 0) {
      return true;
    }
    Optional<String> doubt =
        count < first.length
            ? Optional.of("only some of its fields are numbers")
            : isCounted(head.get(0).fields())
                ? Optional.of("its fields count up from " + head.get(0).fields().get(0).strip())
                : doubt(first, head.stream().skip(1).map(row -> numbers(row, format)).toList());
    if (doubt.isEmpty()) {
      return false;
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s: line %d may name the columns or be the first example (%s); say which with"
                + " dataset.header = true or false%s",
            source,
            head.get(0).line(),
            doubt.get(),
            CsvAdvice.comment(head.get(0), head, format).map(text -> "; " + text).orElse("")));
  }

  private static double[] numbers(CsvRow row, CsvFormat format) {
    return row.fields().stream()
        .mapToDouble(field -> CsvNumber.parse(field, format.decimal()))
        .toArray();
  }

  /** Why a line of numbers may be names, such as wavelengths or years. */
  private static Optional<String> doubt(double[] first, List<double[]> below) {
    List<double[]> alike = below.stream().filter(row -> row.length == first.length).toList();
    if (isEven(first) && isRare(alike, CsvHeader::isEven)) {
      return Optional.of("its numbers go in equal steps");
    } else if (isMonotone(first) && isRare(alike, CsvHeader::isMonotone)) {
      return Optional.of("its numbers go in one direction, those of other lines do not");
    } else if (isWholeAmongFractions(first, alike)) {
      return Optional.of("it holds whole numbers and the lines below hold fractions");
    } else if (isFar(first, alike)) {
      return Optional.of("its numbers are far from those below them");
    }
    return Optional.empty();
  }

  private static boolean isRare(List<double[]> rows, Predicate<double[]> property) {
    return 2 * rows.stream().filter(property).count() < Math.max(1, rows.size());
  }

  /** 0, 1, 2 ... or 1, 2, 3 ..., as programs name columns that have no names. */
  private static boolean isCounted(List<String> fields) {
    return fields.size() > 1
        && IntStream.range(0, 2)
            .anyMatch(
                start ->
                    IntStream.range(0, fields.size())
                        .allMatch(i -> fields.get(i).strip().equals(String.valueOf(start + i))));
  }

  private static boolean isEven(double[] row) {
    double step = row.length < EVEN_FIELDS ? 0 : (row[row.length - 1] - row[0]) / (row.length - 1);
    return step != 0
        && IntStream.range(1, row.length)
            .allMatch(i -> Math.abs(row[i] - row[i - 1] - step) <= EVEN * Math.abs(step));
  }

  private static boolean isMonotone(double[] row) {
    return row.length >= MONOTONE_FIELDS
        && (IntStream.range(1, row.length).allMatch(i -> row[i] > row[i - 1])
            || IntStream.range(1, row.length).allMatch(i -> row[i] < row[i - 1]));
  }

  private static boolean isWholeAmongFractions(double[] first, List<double[]> below) {
    boolean whole = Arrays.stream(first).allMatch(value -> value == Math.rint(value));
    boolean different = Arrays.stream(first).distinct().count() == first.length;
    if (!whole || !different || first.length < EVEN_FIELDS || below.size() < LINES_FOR_FRACTIONS) {
      return false;
    }
    long fractions =
        below.stream()
            .flatMapToDouble(Arrays::stream)
            .filter(value -> !Double.isNaN(value) && value != Math.rint(value))
            .count();
    return fractions > MOSTLY * below.size() * first.length;
  }

  private static boolean isFar(double[] first, List<double[]> below) {
    return first.length > 1
        && below.size() >= LINES_FOR_FAR
        && IntStream.range(0, first.length).allMatch(i -> isFar(first[i], i, below));
  }

  private static boolean isFar(double value, int column, List<double[]> below) {
    double lowest = below.stream().mapToDouble(row -> row[column]).min().orElseThrow();
    double highest = below.stream().mapToDouble(row -> row[column]).max().orElseThrow();
    double distance = FAR * (highest - lowest);
    return value < lowest - distance || value > highest + distance;
  }
}
