package org.largevae.core.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.largevae.api.dataset.RawTable;

/** What the cells of a column have been so far. */
final class ColumnStatistics {
  /** Of more words than this no column is a category. */
  static final int MOST_WORDS = 10_000;

  private static final Pattern DATE =
      Pattern.compile(
          "\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}([ T]\\d{1,2}:\\d{2}.*)?|\\d{1,2}:\\d{2}(:\\d{2}.*)?");

  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d+,\\d+");
  private static final Pattern LEADING_ZERO = Pattern.compile("0\\d+");

  private final Set<String> words = new LinkedHashSet<>();
  private long decimalCommas;
  private boolean leadingZeros;
  private long observed;
  private long missing;
  private long numbers;
  private long whole;
  private long dates;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;
  private double previous = Double.NaN;
  private boolean equalSteps = true;
  private double step = Double.NaN;
  private double sum;
  private double sumOfLogs;
  private String firstWord;
  private String firstWordPlace;

  /** Takes in the cell of a row. */
  void add(RawTable.Rows rows, int column) {
    if (rows.isMissing(column)) {
      missing++;
      return;
    }
    observed++;
    String cell = rows.text(column);
    double number = rows.number(column);
    if (words.size() <= MOST_WORDS) {
      words.add(TableColumns.word(cell, number));
    }
    if (Double.isNaN(number)) {
      dates += DATE.matcher(cell).matches() ? 1 : 0;
      decimalCommas += DECIMAL_COMMA.matcher(cell).matches() ? 1 : 0;
      if (firstWord == null) {
        firstWord = cell;
        firstWordPlace = rows.place();
      }
      return;
    }
    numbers++;
    leadingZeros |= LEADING_ZERO.matcher(cell).matches();
    whole += number == Math.rint(number) ? 1 : 0;
    lowest = Math.min(lowest, number);
    highest = Math.max(highest, number);
    sum += number;
    sumOfLogs += Math.log(number);
    if (!Double.isNaN(previous)) {
      equalSteps &= Double.isNaN(step) || number - previous == step;
      step = number - previous;
    }
    previous = number;
  }

  long observed() {
    return observed;
  }

  boolean hasMissing() {
    return missing > 0;
  }

  boolean isNumeric() {
    return observed > 0 && numbers == observed;
  }

  boolean isWhole() {
    return isNumeric() && whole == numbers;
  }

  /** Whether at least nine in ten cells are dates or times. */
  boolean isDates() {
    return observed > 0 && 10 * dates >= 9 * observed;
  }

  /** Whether at least nine in ten cells are numbers with a decimal comma. */
  boolean hasDecimalCommas() {
    return observed > 0 && 10 * decimalCommas >= 9 * observed;
  }

  /** Whether most cells, but not all, are numbers. */
  boolean isMostlyNumeric() {
    return numbers < observed && 10 * numbers >= 8 * observed;
  }

  /** Whether a number begins with a 0 that is no part of it, as codes do. */
  boolean hasLeadingZeros() {
    return leadingZeros;
  }

  /** Whether the numbers go in equal steps down the whole table, as row numbers do. */
  boolean isCounted() {
    return isWhole() && missing == 0 && observed > 2 && equalSteps && step != 0;
  }

  /** How many different cells there are; beyond {@link #MOST_WORDS} not told exactly. */
  int distinct() {
    return words.size();
  }

  boolean isConstant() {
    return words.size() == 1;
  }

  /** The different cells, in the order in which they came. */
  List<String> words() {
    return new ArrayList<>(words);
  }

  double lowest() {
    return lowest;
  }

  double highest() {
    return highest;
  }

  double mean() {
    return sum / numbers;
  }

  /** Of numbers above 0. */
  double geometricMean() {
    return Math.exp(sumOfLogs / numbers);
  }

  /** The first cell that is no number, with its place; null if all are numbers. */
  String firstWord() {
    return firstWord;
  }

  String firstWordPlace() {
    return firstWordPlace;
  }
}
