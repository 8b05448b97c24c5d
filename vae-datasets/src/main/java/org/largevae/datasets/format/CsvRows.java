package org.largevae.datasets.format;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.input.BOMInputStream;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FailureText;

/**
 * The lines of a table as text, one after another: separated values with or without quotes (RFC
 * 4180), in UTF-8 unless a mark at the start says UTF-16 or UTF-32. Empty lines and comments are
 * passed over. A line may have fewer or more fields than another: see {@link #requireFields}.
 */
public final class CsvRows implements Iterator<CsvRow>, AutoCloseable {
  private static final int MOST_COLUMNS = 1 << 22;
  private static final int LONGEST_LINE = 1 << 28;

  /** Lines that are looked at before the first is given out. */
  private static final int HEAD_LINES = 100;

  private static final int HEAD_FIELDS = 1 << 17;

  private final String source;
  private final CsvFormat format;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private final Deque<CsvRow> ahead = new ArrayDeque<>();
  private final List<CsvRow> head;
  private final Optional<CsvRow> header;
  private long line;

  private CsvRows(String source, CsvFormat format, CsvReader<CsvRecord> reader) {
    this.source = source;
    this.format = format;
    this.reader = reader;
    this.records = reader.iterator();
    int fields = 0;
    while (ahead.size() < HEAD_LINES && fields < HEAD_FIELDS && hasRecord()) {
      ahead.add(read());
      fields += ahead.getLast().fields().size();
    }
    this.head = List.copyOf(ahead);
    this.header =
        CsvHeader.isNames(source, head, format)
            ? Optional.of(ahead.removeFirst())
            : Optional.empty();
  }

  /**
   * Opens a table and reads its first lines.
   *
   * @param content the text; closed with this, or if opening fails
   * @param source the file's name, for messages
   * @param format how the text is to be read
   * @return its lines
   * @throws DataException if the first lines cannot be read, or the first may name the columns or
   *     be an example and the format does not say which
   */
  public static CsvRows open(InputStream content, String source, CsvFormat format) {
    try {
      CsvReader<CsvRecord> reader = reader(content, format);
      try {
        return new CsvRows(source, format, reader);
      } catch (DataException fault) {
        reader.close();
        throw fault;
      }
    } catch (IOException fault) {
      throw broken(source, 0, fault);
    }
  }

  private static CsvReader<CsvRecord> reader(InputStream content, CsvFormat format)
      throws IOException {
    BOMInputStream unmarked =
        BOMInputStream.builder()
            .setInputStream(content)
            .setByteOrderMarks(
                ByteOrderMark.UTF_8,
                ByteOrderMark.UTF_16LE,
                ByteOrderMark.UTF_16BE,
                ByteOrderMark.UTF_32LE,
                ByteOrderMark.UTF_32BE)
            .get();
    ByteOrderMark mark = unmarked.getBOM();
    Charset charset =
        mark == null ? StandardCharsets.UTF_8 : Charset.forName(mark.getCharsetName());
    // what is no text is told: two names whose letters are lost could become one
    Reader text =
        new InputStreamReader(
            unmarked,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    if (format.separator() == CsvFormat.Separator.WHITESPACE) {
      int comment = format.comment().map(character -> (int) character.charAt(0)).orElse(-1);
      text = new WhitespaceRuns(new BufferedReader(text), comment);
    }
    CsvReader.CsvReaderBuilder builder =
        CsvReader.builder()
            .fieldSeparator(format.separator().character())
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .allowExtraCharsAfterClosingQuote(false);
    format
        .comment()
        .ifPresent(
            character ->
                builder
                    .commentStrategy(CommentStrategy.SKIP)
                    .commentCharacter(character.charAt(0)));
    return builder.build(
        CsvRecordHandler.builder().maxFields(MOST_COLUMNS).maxRecordSize(LONGEST_LINE).build(),
        text);
  }

  /**
   * The line that names the columns.
   *
   * @return the first line; empty if it is an example
   */
  public Optional<CsvRow> header() {
    return header;
  }

  /**
   * {@inheritDoc}
   *
   * @throws DataException if what follows cannot be read
   */
  @Override
  public boolean hasNext() {
    return !ahead.isEmpty() || hasRecord();
  }

  /**
   * The next line after the header.
   *
   * @throws DataException if what follows cannot be read
   */
  @Override
  public CsvRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ahead.isEmpty() ? read() : ahead.removeFirst();
  }

  private boolean hasRecord() {
    try {
      return records.hasNext();
    } catch (CsvParseException | UncheckedIOException fault) {
      throw broken(source, line, fault);
    }
  }

  private CsvRow read() {
    try {
      CsvRecord csvRecord = records.next();
      line = csvRecord.getStartingLineNumber();
      return new CsvRow(line, csvRecord.getFields());
    } catch (CsvParseException | UncheckedIOException fault) {
      throw broken(source, line, fault);
    }
  }

  /**
   * Requires that a line has as many fields as the first.
   *
   * @param row the line
   * @param columns the number of fields of the first
   * @throws DataException if it has not, with advice if there is any
   */
  public void requireFields(CsvRow row, int columns) {
    int found = row.fields().size();
    if (found != columns) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: line %d has %d %s, but the first has %d%s",
              source,
              row.line(),
              found,
              found == 1 ? "field" : "fields",
              columns,
              advice(row).map(text -> "; " + text).orElse("")));
    }
  }

  /**
   * What to change in the configuration if a line does not read as a table of numbers: that it is a
   * comment, that another separator parts all lines alike, or that decimals stand behind commas.
   *
   * @param row the line
   * @return a clause with a setting in it; empty if none is likely to help
   */
  public Optional<String> advice(CsvRow row) {
    return CsvAdvice.of(row, head, format);
  }

  /**
   * What to change in the configuration if the table has one column, which another separator would
   * part.
   *
   * @return a clause with a setting in it; empty if no other separator parts all lines alike
   */
  public Optional<String> adviceOfOneColumn() {
    boolean one = !head.isEmpty() && head.stream().allMatch(row -> row.fields().size() == 1);
    return one ? CsvAdvice.ofOneColumn(head, format) : Optional.empty();
  }

  private static DataException broken(String source, long line, Exception fault) {
    Throwable cause = Optional.ofNullable(fault.getCause()).orElse(fault);
    if (fault instanceof CharacterCodingException || cause instanceof CharacterCodingException) {
      return new DataException(
          String.format(
              Locale.ROOT,
              "%s: some of its characters after line %d are not UTF-8; convert the file, for"
                  + " example with `iconv -f ISO-8859-1 -t UTF-8 IN.csv > OUT.csv`",
              source,
              line),
          fault);
    }
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: cannot be read as CSV after line %d: %s",
            source,
            line,
            FailureText.shown(cause.getMessage(), cause.getClass().getSimpleName())),
        fault);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException fault) {
      throw broken(source, line, fault);
    }
  }
}
