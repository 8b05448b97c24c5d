package org.largevae.datasets.duckdb;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.largevae.api.config.SettingException;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.MessageText;

/**
 * A user's query: one SELECT over the table {@code data} that gives the same today and tomorrow. A
 * statement of another kind could write: into the very file that may be read, even in a shut
 * database.
 *
 * @param text SQL
 */
record DuckDbQuery(String text) {
  private static final String KEY = "query";

  /** The parser that will run the query says what it is, as a tree in JSON. */
  private static final String PARSE =
      """
      SELECT json_extract_string(tree, '$.error_type'), json_extract_string(tree, '$.error_message'),
             json_array_length(tree, '$.statements')
      FROM (SELECT json_serialize_sql(CAST(? AS VARCHAR)) AS tree)
      """;

  /** Calls of functions, and words such as current_date unless the data have such a column. */
  private static final String CHANGING =
      """
      WITH parsed AS (SELECT json_serialize_sql(CAST(? AS VARCHAR)) AS tree),
      called AS (
        SELECT lower(unnest(json_extract_string(tree, '$..function_name'))) AS name FROM parsed),
      named AS (
        SELECT lower(unnest(json_extract_string(tree, '$..column_names[0]'))) AS name FROM parsed)
      SELECT name FROM (
        FROM called
        UNION FROM named WHERE name NOT IN (SELECT lower(column_name) FROM (DESCRIBE data)))
      WHERE name IN ('current_time', 'current_timestamp', 'localtime', 'localtimestamp')
        OR name IN (
          SELECT function_name FROM duckdb_functions()
          WHERE stability <> 'CONSISTENT' OR contains(lower(macro_definition), 'current_'))
      ORDER BY name
      """;

  /**
   * Makes the view {@code vae_rows} of the table {@code data}.
   *
   * @throws SettingException if the query is none that can be taken
   */
  void define(DuckDbSession session, DuckDbFile file) {
    try {
      requireSelect(session);
      requireLasting(session);
      session.run("CREATE VIEW vae_rows AS " + text);
    } catch (SQLException failure) {
      throw new SettingException(
          KEY,
          String.format(
              Locale.ROOT,
              "cannot be run: %s (it sees the table data alone, which is %s)",
              session.reason(failure),
              file.shown()));
    }
  }

  private void requireSelect(DuckDbSession session) throws SQLException {
    try (PreparedStatement parse = session.prepare(PARSE)) {
      parse.setString(1, text);
      try (ResultSet row = parse.executeQuery()) {
        row.next();
        String error = row.getString(1);
        if ("not implemented".equals(error)) {
          throw new SettingException(
              KEY, "must be a SELECT: a dataset's query only reads, and only the table data");
        }
        if (error != null) {
          throw new SettingException(
              KEY, "must be SQL: " + FailureText.shown(row.getString(2), "it is not understood"));
        }
        if (row.getLong(3) != 1) {
          throw new SettingException(
              KEY, "must be one SELECT, but holds " + row.getLong(3) + " statements");
        }
      }
    }
  }

  private void requireLasting(DuckDbSession session) throws SQLException {
    try (PreparedStatement changing = session.prepare(CHANGING)) {
      changing.setString(1, text);
      try (ResultSet row = changing.executeQuery()) {
        if (row.next()) {
          throw new SettingException(
              KEY,
              "must give the same rows each time it is run, but uses "
                  + MessageText.of(row.getString(1))
                  + ", whose value changes");
        }
      }
    }
  }
}
