package org.largevae.testkit;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.NoSettings;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.RawTable;

class TableChecksTest {
  private static final String SHA_256 = "0123456789abcdef".repeat(4);

  @Test
  void aGoodTablePasses() {
    ContractRun.of(Good.class).passes(10);
  }

  /** Runs the contract on a table of two columns and three rows, perhaps broken in one place. */
  static class Good extends DatasetContract {
    @Override
    protected boolean isRegistered() {
      return false;
    }

    List<String> columns() {
      return List.of("city", "age");
    }

    /** Empty where there is no value. */
    List<List<String>> cells() {
      return List.of(List.of("Paris", "1.5"), List.of("", "2"), List.of("Rome", ""));
    }

    RawTable.Rows rows() {
      return new Lines(cells());
    }

    Map<String, String> fingerprints() {
      return Map.of("cities", SHA_256);
    }

    @Override
    protected final DatasetProvider<?> provider() {
      return new DatasetProvider<>("cities", "For tests", NoSettings.class) {
        @Override
        public RawTable load(NoSettings settings, DataFiles files) {
          return new RawTable() {
            @Override
            public String name() {
              return "cities";
            }

            @Override
            public List<String> columns() {
              return Good.this.columns();
            }

            @Override
            public Rows rows() {
              return Good.this.rows();
            }

            @Override
            public Map<String, String> fingerprints() {
              return Good.this.fingerprints();
            }
          };
        }
      };
    }
  }

  /** Reads cells in memory. */
  static class Lines implements RawTable.Rows {
    final List<List<String>> cells;
    int row = -1;

    Lines(List<List<String>> cells) {
      this.cells = cells;
    }

    @Override
    public boolean next() {
      row = Math.min(row + 1, cells.size());
      return row < cells.size();
    }

    @Override
    public boolean isMissing(int column) {
      return text(column).isEmpty();
    }

    @Override
    public String text(int column) {
      return cells.get(row).get(column);
    }

    @Override
    public double number(int column) {
      String text = text(column);
      return text.matches("[0-9.]+") ? Double.parseDouble(text) : Double.NaN;
    }

    @Override
    public String place() {
      return "row " + (row + 1);
    }

    @Override
    public void close() {}
  }

  static class NoColumns extends Good {
    @Override
    List<String> columns() {
      return List.of();
    }
  }

  static class BlankName extends Good {
    @Override
    List<String> columns() {
      return List.of("city", " ");
    }
  }

  static class SameName extends Good {
    @Override
    List<String> columns() {
      return List.of("city", "city");
    }
  }

  static class NoRows extends Good {
    @Override
    List<List<String>> cells() {
      return List.of();
    }
  }

  static class Shuffled extends Good {
    private final Random random = new Random(1);

    @Override
    List<List<String>> cells() {
      return List.of(List.of("Paris", String.valueOf(random.nextInt(1_000_000))));
    }
  }

  static class NoPlace extends Good {
    @Override
    RawTable.Rows rows() {
      return new Lines(cells()) {
        @Override
        public String place() {
          return "";
        }
      };
    }
  }

  static class MissingWithText extends Good {
    @Override
    RawTable.Rows rows() {
      return new Lines(cells()) {
        @Override
        public boolean isMissing(int column) {
          return text(column).equals("Rome") || super.isMissing(column);
        }
      };
    }
  }

  static class MissingWithNumber extends Good {
    @Override
    RawTable.Rows rows() {
      return new Lines(cells()) {
        @Override
        public double number(int column) {
          return isMissing(column) ? 0 : super.number(column);
        }
      };
    }
  }

  static class NumberWithoutText extends Good {
    @Override
    RawTable.Rows rows() {
      return new Lines(cells()) {
        @Override
        public boolean isMissing(int column) {
          return super.text(column).isEmpty();
        }

        @Override
        public double number(int column) {
          String text = super.text(column);
          return text.matches("[0-9.]+") ? Double.parseDouble(text) : Double.NaN;
        }

        @Override
        public String text(int column) {
          return column == 1 ? "" : super.text(column);
        }
      };
    }
  }

  static class NullText extends Good {
    @Override
    RawTable.Rows rows() {
      return new Lines(cells()) {
        @Override
        public boolean isMissing(int column) {
          return super.text(column).isEmpty();
        }

        @Override
        public double number(int column) {
          return Double.NaN;
        }

        @Override
        public String text(int column) {
          return isMissing(column) ? null : super.text(column);
        }
      };
    }
  }

  static class Blanks extends Good {
    @Override
    List<List<String>> cells() {
      return List.of(List.of(" Paris", "1"));
    }
  }

  static class NextAgain extends Good {
    @Override
    RawTable.Rows rows() {
      return new Lines(cells()) {
        private boolean ended;

        @Override
        public boolean next() {
          boolean further = !ended && super.next();
          ended = !further && !ended;
          return further || !ended;
        }
      };
    }
  }

  /** All readers stand at one row. */
  static class SharedPlace extends Good {
    private static int place;

    @Override
    RawTable.Rows rows() {
      place = -1;
      return new Lines(cells()) {
        @Override
        public boolean next() {
          row = place;
          boolean further = super.next();
          place = row;
          return further;
        }
      };
    }
  }

  static class ClosedOnce extends Good {
    @Override
    RawTable.Rows rows() {
      return new Lines(cells()) {
        private boolean closed;

        @Override
        public void close() {
          if (closed) {
            throw new IllegalStateException("is closed");
          }
          closed = true;
        }
      };
    }
  }

  static class NeverFinished extends Good {
    @Override
    Map<String, String> fingerprints() {
      throw new IllegalStateException("not read");
    }
  }

  static class OtherHash extends Good {
    @Override
    Map<String, String> fingerprints() {
      return Map.of("cities", "CRC 42");
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultFailsItsTestAlone(Class<?> broken, String test, List<String> message) {
    ContractRun.of(broken).failsOnly(test, message.toArray(String[]::new));
  }

  static List<Arguments> faults() {
    return List.of(
        fault(NoColumns.class, "columnsAreNamedApart", "at least one column"),
        fault(BlankName.class, "columnsAreNamedApart", "column 1, counted from 0, is blank"),
        fault(SameName.class, "columnsAreNamedApart", "two columns are named \"city\""),
        fault(NoRows.class, "cellsAgreeWithThemselves", "has no rows", "configuration()"),
        fault(NoPlace.class, "cellsAgreeWithThemselves", "place() of row 1", "is blank"),
        fault(
            MissingWithText.class,
            "cellsAgreeWithThemselves",
            "isMissing() is true but text() is \"Rome\" in row 3, column \"city\""),
        fault(
            MissingWithNumber.class,
            "cellsAgreeWithThemselves",
            "isMissing() is true but number() is 0.0 in row 2, column \"city\"",
            "give NaN"),
        fault(
            NumberWithoutText.class,
            "cellsAgreeWithThemselves",
            "text() is empty but number() is 1.5 in row 1, column \"age\""),
        fault(NullText.class, "cellsAgreeWithThemselves", "text() is null in row 2"),
        fault(Blanks.class, "cellsAgreeWithThemselves", "without blanks around it"),
        fault(NextAgain.class, "cellsAgreeWithThemselves", "keep it false"),
        fault(Shuffled.class, "readingTwiceGivesTheSame", "rows() must begin anew"),
        fault(SharedPlace.class, "readersAreIndependent", "disturb each other"),
        fault(ClosedOnce.class, "closingEarlyIsFine", "is closed", "let it pass"),
        fault(
            NeverFinished.class,
            "fingerprintsTellWhichFilesWereRead",
            "although all rows have been read"),
        fault(OtherHash.class, "fingerprintsTellWhichFilesWereRead", "\"CRC 42\""));
  }

  private static Arguments fault(Class<?> broken, String test, String... message) {
    return Arguments.of(broken, test, List.of(message));
  }
}
