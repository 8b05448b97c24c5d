package org.largevae.runner.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** JSON as {@code results.json} has it: indented, keys in the order of the record. */
final class Json {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  private Json() {}

  /**
   * Writes a value.
   *
   * @param value records, maps, lists and plain values
   * @return JSON
   */
  static String of(Object value) {
    return GSON.toJson(value);
  }
}
