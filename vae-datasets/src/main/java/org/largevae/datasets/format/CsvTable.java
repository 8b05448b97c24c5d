package org.largevae.datasets.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.Values;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.MessageText;

/**
 * A table of numbers as comma-separated values (RFC 4180), in UTF-8: one example a line, one value
 * a column. Empty lines are passed over.
 */
public final class CsvTable {
  private static final int MOST_COLUMNS = 1 << 22;
  private static final int LONGEST_LINE = 1 << 28;
  private static final int START = 1 << 12;

  /** What the first line holds. */
  public enum Header {
    /** The names of the columns if none of its fields is a number, an example if all are. */
    AUTO,
    /** The names of the columns. */
    TRUE,
    /** An example. */
    FALSE
  }

  private final String source;
  private final List<String> leaveOut;
  private CsvColumns columns;
  private float[] values = new float[START];
  private int[] lines = new int[START];
  private int count;
  private int rows;

  private CsvTable(String source, List<String> leaveOut) {
    this.source = source;
    this.leaveOut = leaveOut;
  }

  /**
   * Reads a table to the stream's end.
   *
   * @param content the text; closed
   * @param source the file's name, for messages
   * @param separator what stands between fields
   * @param header what the first line is
   * @param leaveOut columns that are not read, by their names or their numbers from 1
   * @return an array of two axes, examples x columns
   * @throws DataException if the table is empty or ragged, a field is no finite number, or a column
   *     to leave out does not exist
   */
  public static NumericArray read(
      InputStream content, String source, char separator, Header header, List<String> leaveOut) {
    CsvTable table = new CsvTable(source, leaveOut);
    long line = 0;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .detectBomHeader(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .allowExtraCharsAfterClosingQuote(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(
                CsvRecordHandler.builder()
                    .maxFields(MOST_COLUMNS)
                    .maxRecordSize(LONGEST_LINE)
                    .build(),
                content,
                StandardCharsets.UTF_8)) {
      Iterator<CsvRecord> records = reader.iterator();
      while (records.hasNext()) {
        CsvRecord record = records.next();
        line = record.getStartingLineNumber();
        table.add(record, header);
      }
    } catch (CsvParseException | UncheckedIOException | IOException fault) {
      throw table.broken(line, fault);
    }
    return table.array();
  }

  private void add(CsvRecord record, Header header) {
    List<String> fields = record.getFields();
    if (columns == null) {
      boolean named = isHeader(fields, header, record.getStartingLineNumber());
      columns = CsvColumns.of(source, named ? fields : null, fields.size(), leaveOut);
      if (named) {
        return;
      }
    }
    long line = record.getStartingLineNumber();
    if (fields.size() != columns.count()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: line %d has %d fields, but the first has %d",
              source,
              line,
              fields.size(),
              columns.count()));
    }
    for (int column : columns.indices()) {
      append(number(fields.get(column), line, column));
    }
    lines = rows < lines.length ? lines : Arrays.copyOf(lines, 2 * rows);
    lines[rows++] = (int) Math.min(line, Integer.MAX_VALUE);
  }

  private boolean isHeader(List<String> fields, Header header, long line) {
    if (header != Header.AUTO) {
      return header == Header.TRUE;
    }
    long numbers = fields.stream().filter(CsvTable::isNumber).count();
    if (numbers == fields.size() && !isCounted(fields)) {
      return false;
    } else if (numbers == 0) {
      return true;
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s: line %d may name the columns or be the first example; say which with"
                + " dataset.header = true or false",
            source,
            line));
  }

  /** 0, 1, 2 ... or 1, 2, 3 ..., as programs name columns that have no names. */
  private static boolean isCounted(List<String> fields) {
    for (int start = 0; start < 2; start++) {
      boolean counted = fields.size() > 1;
      for (int i = 0; i < fields.size() && counted; i++) {
        counted = fields.get(i).strip().equals(String.valueOf(start + i));
      }
      if (counted) {
        return true;
      }
    }
    return false;
  }

  private float number(String field, long line, int column) {
    String text = field.strip();
    if (!isNumber(text)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: line %d, %s: %s; leave the column out with dataset.leave-out = [%s] if it is no"
                  + " part of the data",
              source,
              line,
              columns.shown(column),
              fault(text),
              columns.key(column)));
    }
    float value = Float.parseFloat(text);
    if (!Float.isFinite(value)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: line %d, %s: %s is beyond the range of 32-bit numbers (3.4e38)",
              source,
              line,
              columns.shown(column),
              MessageText.of(text)));
    }
    return value;
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

  /** What {@link Float#parseFloat} takes includes NaN, hexadecimal and a type's letter. */
  static boolean isNumber(String field) {
    String text = field.strip();
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      digit |= c >= '0' && c <= '9';
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    if (!digit) {
      return false;
    }
    try {
      Float.parseFloat(text);
      return true;
    } catch (NumberFormatException notANumber) {
      return false;
    }
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
    if (rows == 0) {
      throw new DataException(source + ": holds no examples");
    }
    int[] indices = columns.indices();
    return new NumericArray(
        source,
        List.of(rows, indices.length),
        false,
        new Values.Reals(Arrays.copyOf(values, count)),
        at ->
            String.format(
                Locale.ROOT,
                "line %d, %s",
                lines[at / indices.length],
                columns.shown(indices[at % indices.length])));
  }

  private DataException broken(long line, Exception fault) {
    Throwable cause = Optional.ofNullable(fault.getCause()).orElse(fault);
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: cannot be read as CSV after line %d: %s",
            source,
            line,
            FailureText.shown(cause.getMessage(), cause.getClass().getSimpleName())),
        fault);
  }
}
