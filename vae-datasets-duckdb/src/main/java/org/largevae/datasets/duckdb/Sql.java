package org.largevae.datasets.duckdb;

import java.util.List;
import java.util.stream.Collectors;

/** Texts as SQL writes them. */
final class Sql {

  private Sql() {}

  /** A text between single quotes. */
  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Texts between single quotes in brackets. */
  static String list(List<String> texts) {
    return texts.stream().map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
  }
}
