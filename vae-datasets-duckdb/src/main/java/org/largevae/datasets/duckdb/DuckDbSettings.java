package org.largevae.datasets.duckdb;

import java.util.Optional;
import org.largevae.api.config.Setting;

/**
 * The settings of {@link DuckDbProvider}.
 *
 * @param file the path of a Parquet, CSV or JSON file
 * @param format what the file is
 * @param query SQL over the table {@code data}; the whole file where there is none
 * @param separator what stands between the fields of a CSV file's lines
 * @param header whether a CSV file's first line names the columns
 * @param memoryLimit how much memory DuckDB may take, in MiB
 */
public record DuckDbSettings(
    @Setting(meaning = "your Parquet, CSV or JSON file; CSV and JSON also as .gz and .zst")
        String file,
    @Setting(
            value = "auto",
            meaning =
                "what the file is; auto goes by its name: .parquet, .csv, .tsv, .json, .jsonl")
        FileFormat format,
    @Setting(
            meaning =
                "one SELECT over the table data, such as SELECT a, b FROM data WHERE year > 2010;"
                    + " the whole file if not set")
        Optional<String> query,
    @Setting(
            value = "auto",
            meaning = "of CSV: between a line's fields; auto is a tab for .tsv, or a comma")
        FieldSeparator separator,
    @Setting(value = "true", meaning = "of CSV: whether the first line names the columns")
        boolean header,
    @Setting(value = "1024", atLeast = 64, meaning = "how much memory DuckDB may take, in MiB")
        int memoryLimit) {

  /** What a file is. */
  public enum FileFormat {
    /** As its name says. */
    AUTO,
    /** Parquet. */
    PARQUET,
    /** Fields with something between them. */
    CSV,
    /** An object a line, or an array of objects. */
    JSON
  }

  /** What stands between fields. */
  public enum FieldSeparator {
    /** As the file's name says. */
    AUTO(','),
    /** A comma. */
    COMMA(','),
    /** A semicolon. */
    SEMICOLON(';'),
    /** A tab. */
    TAB('\t'),
    /** A blank. */
    SPACE(' ');

    private final char character;

    FieldSeparator(char character) {
      this.character = character;
    }

    char character() {
      return character;
    }
  }
}
