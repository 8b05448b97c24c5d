package org.largevae.datasets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.RawTable;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.MessageText;
import org.largevae.api.files.Sha256;
import org.largevae.datasets.format.CsvFormat;
import org.largevae.datasets.format.CsvNumber;
import org.largevae.datasets.format.CsvRow;
import org.largevae.datasets.format.CsvRows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A CSV file as a table of text. */
public final class CsvFileTable implements RawTable {
  private static final Logger LOGGER = LoggerFactory.getLogger(CsvFileTable.class);
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final TableSettings settings;
  private final Path path;
  private final List<String> columns;
  private final CsvFormat format;
  private final Set<String> missing = new HashSet<>();
  private volatile String sha256;

  private CsvFileTable(
      String name, TableSettings settings, Path path, List<String> columns, CsvFormat format) {
    this.name = name;
    this.settings = settings;
    this.path = path;
    this.columns = columns;
    this.format = format;
    settings.missing().forEach(text -> missing.add(text.strip().toLowerCase(Locale.ROOT)));
  }

  /**
   * Reads the columns' names.
   *
   * @throws DataException if the file cannot be read, or two columns have one name
   */
  static CsvFileTable open(String name, TableSettings settings, Path path) {
    try (CsvRows rows = lines(path, content(path), settings.format())) {
      List<String> names =
          rows.header()
              .map(row -> row.fields().stream().map(String::strip).toList())
              .orElseGet(() -> rows.hasNext() ? numbered(rows.next().fields().size()) : List.of());
      rows.adviceOfOneColumn()
          .ifPresent(
              advice -> {
                throw new DataException(path + ": has one column, but " + advice);
              });
      if (names.size() == 1) {
        LOGGER.warn(
            "{}: has one column, of which empty lines are passed over; write NA where there is no"
                + " value",
            path);
      }
      CsvFormat format = settings.format().with(rows.header().isPresent());
      return new CsvFileTable(name, settings, path, checked(names, path), format);
    }
  }

  private static List<String> numbered(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(String::valueOf).toList();
  }

  private static List<String> checked(List<String> names, Path path) {
    if (names.isEmpty()) {
      throw new DataException(path + ": holds no rows");
    }
    Set<String> seen = new HashSet<>();
    String[] known = names.toArray(String[]::new);
    for (int i = 0; i < known.length; i++) {
      // pandas writes its row numbers so
      known[i] = known[i].isEmpty() ? "column " + (i + 1) : known[i];
      if (!seen.add(known[i])) {
        throw new DataException(
            path
                + ": two columns are named \""
                + MessageText.of(known[i])
                + "\"; give each a name of its own");
      }
    }
    return List.of(known);
  }

  private static InputStream content(Path path) {
    try {
      return new BufferedInputStream(Files.newInputStream(path), BUFFER);
    } catch (IOException fault) {
      throw new DataException(path + ": cannot be read: " + FailureText.of(fault), fault);
    }
  }

  private static CsvRows lines(Path path, InputStream content, CsvFormat format) {
    return CsvRows.open(content, path.toString(), format);
  }

  /**
   * How the file is to be read.
   *
   * @return the configured format, and whether the first line names the columns
   */
  public CsvFormat format() {
    return format;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public Rows rows() {
    MessageDigest digest = Sha256.start();
    return new Lines(
        lines(path, new DigestInputStream(content(path), digest), settings.format()), digest);
  }

  @Override
  public Map<String, String> fingerprints() {
    if (sha256 == null) {
      throw new IllegalStateException("the table has not been read to its end");
    }
    return Map.of(settings.file(), sha256);
  }

  /** The lines from the first on. */
  private final class Lines implements Rows {
    private final CsvRows lines;
    private final MessageDigest digest;
    private CsvRow row;

    Lines(CsvRows lines, MessageDigest digest) {
      this.lines = lines;
      this.digest = digest;
    }

    @Override
    public boolean next() {
      if (!lines.hasNext()) {
        if (row != null || sha256 == null) {
          sha256 = Sha256.hex(digest);
        }
        row = null;
        return false;
      }
      row = lines.next();
      lines.requireFields(row, columns.size());
      return true;
    }

    @Override
    public boolean isMissing(int column) {
      return missing.contains(stripped(column).toLowerCase(Locale.ROOT));
    }

    @Override
    public String text(int column) {
      return isMissing(column) ? "" : stripped(column);
    }

    @Override
    public double number(int column) {
      return isMissing(column)
          ? Double.NaN
          : CsvNumber.parse(row.fields().get(column), settings.decimal());
    }

    @Override
    public String written(int column) {
      return row.fields().get(column);
    }

    private String stripped(int column) {
      return row.fields().get(column).strip();
    }

    @Override
    public String place() {
      return path + ": line " + row.line();
    }

    @Override
    public void close() {
      lines.close();
    }
  }
}
