package org.largevae.datasets.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.reader.NamedCsvRecordHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.MessageText;

/**
 * A table that says which class each file belongs to: comma-separated values (RFC 4180) in UTF-8
 * whose first line names the columns {@code file} and {@code label}, among others if need be.
 */
public final class LabelFile {
  private static final String FILE = "file";
  private static final String LABEL = "label";
  private static final int MOST_COLUMNS = 1 << 12;
  private static final int LONGEST_LINE = 1 << 20;

  private LabelFile() {}

  /**
   * Reads a table to the stream's end.
   *
   * @param content the text; closed
   * @param source the file's name, for messages
   * @return the classes by the files' names
   * @throws DataException if a column is missing, a field empty, or a file listed twice, or the
   *     text is no such table
   */
  public static Map<String, String> read(InputStream content, String source) {
    Map<String, String> classes = new HashMap<>();
    long line = 1;
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder()
            .detectBomHeader(true)
            .allowUnclosedQuote(false)
            .allowExtraCharsAfterClosingQuote(false)
            .build(
                NamedCsvRecordHandler.builder()
                    .maxFields(MOST_COLUMNS)
                    .maxFieldSize(LONGEST_LINE)
                    .maxRecordSize(LONGEST_LINE)
                    .build(),
                content,
                StandardCharsets.UTF_8)) {
      for (NamedCsvRecord record : reader) {
        line = record.getStartingLineNumber();
        String file = field(record, FILE, source);
        if (classes.put(file, field(record, LABEL, source)) != null) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "%s: line %d lists %s a second time; a file has one label",
                  source,
                  line,
                  MessageText.of(file)));
        }
      }
    } catch (CsvParseException | UncheckedIOException | IOException fault) {
      String reason = FailureText.shown(fault.getMessage(), "it is damaged");
      throw new DataException(
          String.format(
              Locale.ROOT, "%s: cannot be read at or after line %d: %s", source, line, reason),
          fault);
    }
    return classes;
  }

  private static String field(NamedCsvRecord record, String column, String source) {
    String field =
        record
            .findField(column)
            .orElseThrow(
                () ->
                    new DataException(
                        String.format(
                            Locale.ROOT,
                            "%s: must have the columns file and label, named in its first line, but"
                                + " has %s",
                            source,
                            MessageText.of(record.getHeader()))));
    if (field.isBlank()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: line %d has no %s",
              source,
              record.getStartingLineNumber(),
              column));
    }
    return field;
  }
}
