package org.largevae.datasets.duckdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.MessageText;
import org.largevae.api.files.Sha256;
import org.largevae.datasets.duckdb.DuckDbSettings.FieldSeparator;
import org.largevae.datasets.duckdb.DuckDbSettings.FileFormat;

/**
 * A file that DuckDB is to read: that and nothing else.
 *
 * @param path an existing file that is not empty
 * @param format never {@code AUTO}
 * @param separator of CSV
 * @param header of CSV
 */
record DuckDbFile(Path path, FileFormat format, char separator, boolean header) {
  private static final String PLAIN = "PAR1";
  private static final String ENCRYPTED = "PARE";

  /** As the dataset {@code table} has them; DuckDB compares letters of one case only. */
  private static final String MISSING =
      Sql.list(
          List.of(
              "", "NA", "na", "N/A", "n/a", "NaN", "nan", "null", "NULL", "Null", "None", "none",
              "NONE", "?"));

  /** Dates, and yes and no, stay the text that they are. */
  private static final String CSV_TYPES =
      Sql.list(List.of("BIGINT", "HUGEINT", "DOUBLE", "VARCHAR"));

  /**
   * Looks at the file that a configuration names.
   *
   * @throws DataException if it is none, or not what it should be
   * @throws SettingException if it cannot be told what it is
   */
  static DuckDbFile of(DuckDbSettings settings, DataFiles files) {
    Path path = files.resolve(settings.file()).toAbsolutePath().normalize();
    if (!Files.isRegularFile(path)) {
      throw fault(
          path, "is not an existing file; dataset.file must name one Parquet, CSV or JSON file");
    }
    if (path.getFileName().toString().matches(".*[*?\\[].*")) {
      throw fault(path, "has a name that DuckDB takes for a pattern; rename it without * ? [");
    }
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    String ending = name.replaceFirst("\\.(gz|zst)$", "").replaceFirst(".*\\.", "");
    FileFormat format =
        settings.format() == FileFormat.AUTO ? format(ending, path) : settings.format();
    try {
      if (Files.size(path) == 0) {
        throw fault(path, "is empty");
      }
      if (format == FileFormat.PARQUET) {
        requireParquet(path);
      }
    } catch (IOException failure) {
      throw unreadable(path, failure);
    }
    boolean tabs = settings.separator() == FieldSeparator.AUTO && ending.equals("tsv");
    char separator = tabs ? '\t' : settings.separator().character();
    return new DuckDbFile(path, format, separator, settings.header());
  }

  private static FileFormat format(String ending, Path path) {
    return switch (ending) {
      case "parquet", "parq", "pq" -> FileFormat.PARQUET;
      case "csv", "tsv" -> FileFormat.CSV;
      case "json", "jsonl", "ndjson" -> FileFormat.JSON;
      default ->
          throw new SettingException(
              "format",
              "must be parquet, csv or json for "
                  + shown(path)
                  + ", whose name does not say what it is");
    };
  }

  /** DuckDB's own words for this are about bytes. */
  private static void requireParquet(Path path) throws IOException {
    byte[] first = new byte[PLAIN.length()];
    byte[] last = new byte[PLAIN.length()];
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      if (file.length() >= first.length + last.length) {
        file.readFully(first);
        file.seek(file.length() - last.length);
        file.readFully(last);
      }
    }
    String head = new String(first, StandardCharsets.ISO_8859_1);
    String tail = new String(last, StandardCharsets.ISO_8859_1);
    if (head.equals(ENCRYPTED) || tail.equals(ENCRYPTED)) {
      throw fault(path, "is an encrypted Parquet file; write it without encryption");
    }
    if (!head.equals(PLAIN)) {
      throw fault(path, "is not a Parquet file; set dataset.format to what it is");
    }
    if (!tail.equals(PLAIN)) {
      throw fault(path, "is a Parquet file that was cut off; copy or write it again");
    }
  }

  /** The file as a table function that finds the columns' names and types in the whole of it. */
  String sniffed() {
    return switch (format) {
      case CSV ->
          csv(", sample_size = -1, skip = 0, comment = '', auto_type_candidates = " + CSV_TYPES);
      case JSON -> json(", sample_size = -1");
      default -> "read_parquet(" + Sql.text(path.toString()) + ")";
    };
  }

  /** The same with the columns known, so that they are not looked for again. */
  String known(List<DuckDbColumn> columns) {
    String types =
        columns.stream()
            .map(column -> Sql.text(column.name()) + ": " + Sql.text(column.type()))
            .collect(Collectors.joining(", ", "{", "}"));
    return switch (format) {
      case CSV -> csv(", auto_detect = false, columns = " + types);
      case JSON -> json(", columns = " + types);
      default -> sniffed();
    };
  }

  private String csv(String rest) {
    return "read_csv("
        + Sql.text(path.toString())
        + ", delim = "
        + Sql.text(String.valueOf(separator))
        + ", quote = '\"', escape = '\"', header = "
        + header
        + ", nullstr = "
        + MISSING
        + rest
        + ")";
  }

  /** Of dates in any other form nobody knows whether the day or the month comes first. */
  private String json(String rest) {
    return "read_json("
        + Sql.text(path.toString())
        + ", dateformat = '%Y-%m-%d', timestampformat = '%Y-%m-%d %H:%M:%S'"
        + rest
        + ")";
  }

  /** The SHA-256 of what the file holds now. */
  String sha256() {
    MessageDigest digest = Sha256.start();
    try (InputStream content = Files.newInputStream(path);
        OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      content.transferTo(sink);
    } catch (IOException failure) {
      throw unreadable(path, failure);
    }
    return Sha256.hex(digest);
  }

  /** DuckDB's reason, in words of the settings here where its own would mislead. */
  String reason(String given) {
    return given.contains("Error when sniffing file")
        ? "its lines do not all have one number of fields with "
            + (separator == '\t' ? "a tab" : "\"" + separator + "\"")
            + " between them; set dataset.separator to what stands there, or read it with"
            + " dataset.name = table, which names the line"
        : given;
  }

  /** An error that names the file. */
  DataException fault(String what) {
    return fault(path, what);
  }

  /** For messages. */
  String shown() {
    return shown(path);
  }

  private static DataException unreadable(Path path, IOException failure) {
    return fault(path, "cannot be read: " + FailureText.of(failure));
  }

  private static DataException fault(Path path, String what) {
    return new DataException(shown(path) + ": " + what);
  }

  private static String shown(Path path) {
    return MessageText.line(path.toString());
  }
}
