package org.largevae.datasets.duckdb;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.Settings;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.RawTable;

/** Files written by DuckDB itself, and tables read from them. */
final class Tables {

  private Tables() {}

  /** Runs statements in an open database. */
  static void write(String... statements) {
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  /** Writes what a SELECT gives into a file, with a format such as {@code (FORMAT parquet)}. */
  static Path copy(String select, Path file, String format) {
    write("COPY (" + select + ") TO " + Sql.text(file.toString()) + " " + format);
    return file;
  }

  static Path parquet(String select, Path file) {
    return copy(select, file, "(FORMAT parquet)");
  }

  /** Loads as a run does: what it says of its settings is said with the whole key. */
  static RawTable open(Path file, String section) {
    SettingsSchema<DuckDbSettings> schema = new DuckDbProvider().settings();
    Config config =
        ConfigFactory.parseString(section)
            .withFallback(ConfigFactory.parseMap(Map.of("file", file.toString())))
            .withFallback(schema.defaults("the defaults"));
    Settings settings = new Settings(config, "dataset");
    try {
      return new DuckDbProvider().load(schema.read(settings), new Paths());
    } catch (SettingException broken) {
      throw settings.fault(broken.key(), broken.rule());
    }
  }

  /** The text of each cell, row by row. */
  static List<List<String>> texts(RawTable table) {
    List<List<String>> texts = new ArrayList<>();
    try (RawTable.Rows rows = table.rows()) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
          row.add(rows.text(i));
        }
        texts.add(row);
      }
    }
    return texts;
  }

  /** A column's numbers. */
  static List<Double> numbers(RawTable table, int column) {
    List<Double> numbers = new ArrayList<>();
    try (RawTable.Rows rows = table.rows()) {
      while (rows.next()) {
        numbers.add(rows.number(column));
      }
    }
    return numbers;
  }

  /** Finds what a user names; there is nothing published. */
  static final class Paths implements DataFiles {
    @Override
    public byte[] read(DataFile file) {
      throw new AssertionError("reads " + file);
    }

    @Override
    public Optional<String> locate(DataFile file) {
      return Optional.empty();
    }

    @Override
    public Path resolve(String path) {
      return Path.of(path).toAbsolutePath();
    }
  }
}
