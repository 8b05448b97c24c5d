package org.largevae.datasets.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FailureText;

/**
 * A database in memory that reads one file and is shut otherwise: no other file, no network, no
 * extension, nothing written, and none of this can be changed by what a query says.
 */
final class DuckDbSession implements AutoCloseable {
  private final Connection connection;
  private final int memoryLimit;

  /**
   * Opens a database.
   *
   * @param memoryLimit in MiB
   * @throws DataException if DuckDB cannot run here
   */
  DuckDbSession(DuckDbFile file, int memoryLimit) {
    this.memoryLimit = memoryLimit;
    this.connection = connect();
    try {
      for (String setting : settings(file, memoryLimit)) {
        run("SET " + setting);
      }
    } catch (SQLException failure) {
      close();
      throw new DataException("DuckDB cannot be shut off from other files: " + message(failure));
    }
  }

  /** Each connection of its own has a database of its own. */
  private static Connection connect() {
    Properties properties = new Properties();
    // fetched as they are asked for, not all at once
    properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    try {
      return new DuckDBDriver().connect("jdbc:duckdb:", properties);
    } catch (SQLException failure) {
      throw new DataException("DuckDB does not start: " + message(failure), failure);
    } catch (LinkageError failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw new DataException(
          "DuckDB's native library cannot be loaded here: "
              + FailureText.shown(cause.getMessage(), cause.getClass().getSimpleName())
              + "; it is unpacked into java.io.tmpdir and comes for Linux, macOS (aarch64) and"
              + " Windows (x86_64)",
          failure);
    }
  }

  private static List<String> settings(DuckDbFile file, int memoryLimit) {
    return List.of(
        // rows in the file's order, also those of a query that does not order them
        "threads = 1",
        "preserve_insertion_order = true",
        // times as text that depends on no machine
        "TimeZone = 'UTC'",
        "memory_limit = '" + memoryLimit + "MiB'",
        // nothing is written to disk where memory does not suffice
        "temp_directory = ''",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allow_community_extensions = false",
        "allow_persistent_secrets = false",
        "allowed_paths = " + Sql.list(List.of(file.path().toString())),
        "enable_external_access = false",
        "lock_configuration = true");
  }

  /** Runs a statement that gives no rows. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The columns of a table, view or table function. */
  List<DuckDbColumn> describe(String table) throws SQLException {
    List<DuckDbColumn> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE FROM " + table)) {
      while (rows.next()) {
        columns.add(new DuckDbColumn(rows.getString(1), rows.getString(2)));
      }
    }
    return columns;
  }

  /** A statement to be closed. */
  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  /**
   * What to tell where a SELECT could not be begun. The driver loses the reason of what fails
   * before the first rows when it streams them, but not when a table is made of them.
   */
  String reasonAnew(String select, SQLException failure) {
    try {
      run("CREATE TABLE vae_failing AS " + select);
    } catch (SQLException again) {
      return reason(again);
    }
    return reason(failure);
  }

  /** What to tell of a failure: DuckDB's first words, or that memory does not suffice. */
  String reason(SQLException failure) {
    String message = message(failure);
    return message.startsWith("Out of Memory")
        ? "DuckDB needs more memory than dataset.memory-limit = "
            + memoryLimit
            + " allows; raise it, or choose columns with dataset.query"
        : message;
  }

  /** DuckDB goes on with advice on options that are not to be had here, and with the SQL. */
  private static String message(SQLException failure) {
    String text = failure.getMessage() == null ? "" : failure.getMessage();
    String first = text.split("\n\\s*\n|\nPossible |\nLINE |\n {2}file = ", 2)[0];
    return FailureText.shown(first.replaceAll("\\s*\n\\s*", "; "), "no reason is given");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new DataException("DuckDB does not close: " + message(failure), failure);
    }
  }
}
