package org.largevae.datasets.format;

import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.Values;
import org.largevae.api.files.MessageText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table of numbers as separated values: one example a line, one value a column. */
public final class CsvTable {
  private static final Logger LOGGER = LoggerFactory.getLogger(CsvTable.class);
  private static final int MOST_ADVISED = 20;
  private static final int START = 1 << 12;

  private final String source;
  private final CsvFormat format;
  private final CsvRows rows;
  private final CsvColumns columns;
  private final ColumnScans scans;
  private float[] values = new float[START];
  private int[] lines = new int[START];
  private int count;
  private int examples;

  private CsvTable(String source, CsvFormat format, CsvRows rows, CsvColumns columns) {
    this.source = source;
    this.format = format;
    this.rows = rows;
    this.columns = columns;
    int[] indices = columns.indices();
    this.scans =
        ColumnScans.of(
            source,
            indices.length,
            i -> columns.shown(indices[i]),
            some ->
                "leave it out with "
                    + columns.leaveOutAlso(some.stream().map(i -> indices[i]).toList()));
  }

  /**
   * Reads a table to the stream's end.
   *
   * @param content the text; closed
   * @param source the file's name, for messages
   * @param format how the text is to be read
   * @param leaveOut columns that are not read, by their names or their numbers from 1
   * @param quantities whether each column is a quantity of its own and no pixel of a picture: then
   *     those that hold one number only, or number the examples, are warned of
   * @return an array of two axes, examples x columns
   * @throws DataException if the table is empty or ragged, a field is no finite number, a column
   *     holds numbers too close to each other for single precision, or one to leave out does not
   *     exist
   */
  public static NumericArray read(
      InputStream content,
      String source,
      CsvFormat format,
      List<String> leaveOut,
      boolean quantities) {
    try (CsvRows rows = CsvRows.open(content, source, format)) {
      List<String> header = rows.header().map(CsvRow::fields).orElse(List.of());
      if (!rows.hasNext()) {
        throw new DataException(source + ": holds no examples");
      }
      CsvRow first = rows.next();
      int fields = header.isEmpty() ? first.fields().size() : header.size();
      CsvColumns columns = CsvColumns.of(source, header, fields, leaveOut);
      CsvTable table = new CsvTable(source, format, rows, columns);
      table.add(first);
      while (rows.hasNext()) {
        table.add(rows.next());
      }
      table.check(quantities);
      return table.array();
    }
  }

  private void check(boolean quantities) {
    scans.precision().forEach(LOGGER::warn);
    if (quantities) {
      int[] indices = columns.indices();
      scans.rowNumbers(i -> columns.isNamedLikeRowNumbers(indices[i])).ifPresent(LOGGER::warn);
      scans.constants().ifPresent(LOGGER::warn);
    }
  }

  private void add(CsvRow row) {
    rows.requireFields(row, columns.count());
    int[] indices = columns.indices();
    for (int i = 0; i < indices.length; i++) {
      double value = number(row, indices[i]);
      scans.add(i, value);
      append((float) value);
    }
    lines = examples < lines.length ? lines : Arrays.copyOf(lines, 2 * examples);
    lines[examples++] = (int) Math.min(row.line(), Integer.MAX_VALUE);
  }

  private double number(CsvRow row, int column) {
    String text = row.fields().get(column).strip();
    double value = CsvNumber.parse(text, format.decimal());
    if (Double.isNaN(value)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: line %d, %s: %s; %s",
              source,
              row.line(),
              columns.shown(column),
              fault(text),
              rows.advice(row).orElseGet(() -> leaveOut(row))));
    }
    if (!Float.isFinite((float) value)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: line %d, %s: %s is beyond the range of 32-bit numbers (3.4e38)",
              source,
              row.line(),
              columns.shown(column),
              MessageText.of(text)));
    }
    return value;
  }

  /** Advice to leave out all that holds no number in a line. */
  private String leaveOut(CsvRow row) {
    List<Integer> some =
        Arrays.stream(columns.indices())
            .filter(i -> !CsvNumber.isNumber(row.fields().get(i), format.decimal()))
            .limit(MOST_ADVISED)
            .boxed()
            .toList();
    return String.format(
        Locale.ROOT,
        some.size() == 1
            ? "leave the column out with %s if it is no part of the data"
            : "leave such columns out with %s if they are no part of the data",
        columns.leaveOutAlso(some));
  }

  private static String fault(String text) {
    if (text.isEmpty()) {
      return "there is no value";
    }
    String shown = "\"" + MessageText.of(text) + "\"";
    String lower = text.toLowerCase(Locale.ROOT).replaceFirst("^[+-]", "");
    if (List.of("nan", "na", "n/a", "null", "inf", "infinity").contains(lower)) {
      return shown + " is not finite, leave out or replace what is missing";
    }
    return shown + " is not a number";
  }

  private void append(float value) {
    if (count == values.length) {
      if (count >= Memory.LARGEST_ARRAY) {
        throw new DataException(
            source + ": holds more than the " + Memory.LARGEST_ARRAY + " values that can be read");
      }
      int next = (int) Math.min(Memory.LARGEST_ARRAY, 2L * count);
      Memory.require(((long) next + count) * Float.BYTES, source);
      values = Arrays.copyOf(values, next);
    }
    values[count++] = value;
  }

  private NumericArray array() {
    int[] indices = columns.indices();
    return new NumericArray(
        source,
        List.of(examples, indices.length),
        false,
        new Values.Reals(Arrays.copyOf(values, count)),
        at ->
            String.format(
                Locale.ROOT,
                "line %d, %s",
                lines[at / indices.length],
                columns.shown(indices[at % indices.length])),
        columns.distinctNames());
  }
}
