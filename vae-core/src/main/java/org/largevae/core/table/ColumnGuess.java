package org.largevae.core.table;

import java.util.Locale;
import java.util.Optional;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.files.MessageText;

/**
 * What a column that no setting names seems to hold.
 *
 * @param kind of its values; empty where it has to be asked
 * @param doubt why it has to be asked, a clause; empty where there is a kind
 */
record ColumnGuess(Optional<ValueKind> kind, Optional<String> doubt) {
  /** Fewer rows do not tell a name from a category. */
  private static final int FEW = 20;

  /** A mean above which whole numbers that never come near 0 are measured, not counted. */
  private static final double LARGE_COUNT = 30;

  /** How many times its geometric mean the highest value of a log scale is at least. */
  private static final double SKEWED = 8;

  private static ColumnGuess of(ValueKind kind) {
    return new ColumnGuess(Optional.of(kind), Optional.empty());
  }

  private static ColumnGuess ask(String doubt) {
    return new ColumnGuess(Optional.empty(), Optional.of(doubt));
  }

  static ColumnGuess of(ColumnStatistics found) {
    if (found.observed() == 0) {
      return ask("has no value in any row");
    } else if (found.isConstant()) {
      return ask("has the same value in every row");
    } else if (found.hasLeadingZeros()) {
      return ask("has numbers that begin with 0, as codes do");
    } else if (found.isNumeric()) {
      return ofNumbers(found);
    } else if (found.hasDecimalCommas()) {
      return ask("holds numbers with decimal commas, for which dataset.decimal = comma is there");
    } else if (found.isMostlyNumeric()) {
      return ask(
          String.format(
              Locale.ROOT,
              "holds numbers, but in %s \"%s\", which dataset.missing can name if it stands for no"
                  + " value",
              found.firstWordPlace(),
              MessageText.of(found.firstWord())));
    } else if (found.isDates()) {
      return ask("holds dates or times");
    } else if (found.observed() >= FEW && 2 * found.distinct() > found.observed()) {
      return ask("has a different text in most rows, as names have");
    } else if (found.distinct() > ColumnStatistics.MOST_WORDS) {
      return ask("has more than " + ColumnStatistics.MOST_WORDS + " different texts");
    }
    return of(ValueKinds.category(found.distinct()));
  }

  private static ColumnGuess ofNumbers(ColumnStatistics found) {
    if (found.isWhole()) {
      if (found.isCounted()) {
        return ask("counts the rows");
      } else if (found.lowest() == 0 && found.highest() == 1) {
        return of(ValueKinds.BINARY);
      }
      boolean counts = found.lowest() >= 0 && (found.lowest() == 0 || found.mean() < LARGE_COUNT);
      return of(counts ? ValueKinds.COUNT : ValueKinds.REAL);
    }
    boolean skewed = found.lowest() > 0 && found.highest() > SKEWED * found.geometricMean();
    return of(skewed ? ValueKinds.POSITIVE : ValueKinds.REAL);
  }
}
