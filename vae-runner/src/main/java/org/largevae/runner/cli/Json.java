package org.largevae.runner.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON as {@code results.json} has it: keys in the order of the record, nulls included. */
final class Json {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private Json() {}

  /**
   * Writes a value over several lines.
   *
   * @param value records, maps, lists and plain values
   * @return JSON, indented, without an end of line
   */
  static String of(Object value) {
    return write(value, "  ");
  }

  /**
   * Writes a value on one line.
   *
   * @param value records, maps, lists and plain values
   * @return JSON without an end of line
   */
  static String line(Object value) {
    return write(value, "");
  }

  private static String write(Object value, String indent) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = GSON.newJsonWriter(text)) {
      writer.setIndent(indent);
      GSON.toJson(value, value.getClass(), writer);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }
}
