package org.largevae.datasets.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes a table as text that {@link CsvRows} reads with the same format: in UTF-8, fields in
 * quotes where they need them (RFC 4180), lines that end in a line feed.
 */
public final class CsvLines {
  private final CsvWriter writer;
  private final CsvFormat.Decimal decimal;

  /**
   * Starts a table.
   *
   * @param stream gets the text; left open
   * @param format what stands between the fields and before the decimals
   */
  public CsvLines(OutputStream stream, CsvFormat format) {
    CsvWriter.CsvWriterBuilder builder =
        CsvWriter.builder()
            .fieldSeparator(format.separator().character())
            .lineDelimiter(LineDelimiter.LF);
    if (format.separator() == CsvFormat.Separator.WHITESPACE) {
      // between two blanks there would be no field
      builder.quoteStrategy(QuoteStrategies.EMPTY);
    }
    this.writer = builder.build(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    this.decimal = format.decimal();
  }

  /**
   * Writes a line.
   *
   * @param fields as text, at least one
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(Iterable<String> fields) {
    writer.writeRecord(fields);
  }

  /**
   * A number as text that reads back as the same number.
   *
   * @param value any number in single precision
   * @return for example {@code 3}, {@code 0.1} or {@code 1.0E-5}
   */
  public String number(float value) {
    return shown(Float.toString(value));
  }

  /** The same in double precision. */
  public String number(double value) {
    return shown(Double.toString(value));
  }

  private String shown(String text) {
    String plain = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    return decimal == CsvFormat.Decimal.COMMA ? plain.replace('.', ',') : plain;
  }

  /**
   * Completes the table.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public void finish() {
    try {
      writer.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
