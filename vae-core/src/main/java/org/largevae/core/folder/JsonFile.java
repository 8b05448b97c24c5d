package org.largevae.core.folder;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonIOException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FailureText;

/**
 * A JSON file of a run's folder, read more strictly than Gson would: nothing may follow, and a
 * record's numbers must all be there, for a number whose name is damaged would else be read as 0. A
 * component that a later version adds has to be of a type that can be null.
 */
public final class JsonFile {
  private static final long LARGEST = 1L << 28;
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();
  private static final Gson WITHOUT_NULLS =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+)");

  private final Path file;
  private final String text;
  private final JsonObject tree;

  private JsonFile(Path file, String text, JsonObject tree) {
    this.file = file;
    this.text = text;
    this.tree = tree;
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its content
   * @throws DataException if it cannot be read or holds no JSON object
   */
  static JsonFile read(Path file) {
    String text = text(file);
    try {
      JsonReader reader = reader(text);
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT || !element.isJsonObject()) {
        throw damaged(file, "it is not one JSON object", null);
      }
      return new JsonFile(file, text, element.getAsJsonObject());
    } catch (IOException | JsonParseException | NumberFormatException fault) {
      throw damaged(file, place(fault), fault);
    }
  }

  /**
   * Writes a value as this class reads it.
   *
   * @param value a record, a map or a list
   * @return the text, with a line's end at its end
   */
  public static String render(Object value) {
    return GSON.toJson(value) + "\n";
  }

  /**
   * The same without what is null. Gson does not read a null where a record has a {@link
   * JsonObject}.
   *
   * @param value a record, a map or a list
   * @return the text, with a line's end at its end
   */
  static String renderWithoutNulls(Object value) {
    return WITHOUT_NULLS.toJson(value) + "\n";
  }

  /**
   * A value in a form that does not depend on spaces, for checksums.
   *
   * @param value a record, a map or a list
   * @return the text
   */
  public static String canonical(Object value) {
    return GSON.toJsonTree(value).toString();
  }

  /** A map as a JSON object. */
  static JsonObject tree(Map<String, Object> map) {
    return GSON.toJsonTree(map).getAsJsonObject();
  }

  /**
   * Refuses a file of another format: before 1.0 each version reads its own alone.
   *
   * @param present the format that this version reads and writes
   * @throws DataException if the file has none or another
   */
  public void requireFormat(int present) {
    JsonElement format = tree.get("format");
    String shown = format == null ? "" : format.toString();
    if (!shown.matches("[1-9]\\d{0,8}")) {
      throw damaged(file, "it has no format", null);
    }
    int number = Integer.parseInt(shown);
    if (number != present) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: has format %d, but this version reads format %d; use the version that wrote it,"
                  + " or train again",
              file,
              number,
              present));
    }
  }

  /**
   * Part of the content in a form that does not depend on spaces.
   *
   * @param key its key in the object
   * @return JSON; {@code null} where it is missing
   */
  String canonical(String key) {
    return String.valueOf(tree.get(key));
  }

  /**
   * Whether the content has a key.
   *
   * @param key its name
   * @return true even if its value is null
   */
  boolean has(String key) {
    return tree.has(key);
  }

  /**
   * An object within the content.
   *
   * @param key its key
   * @return the object
   * @throws DataException if there is none
   */
  public JsonObject object(String key) {
    if (tree.get(key) instanceof JsonObject object) {
      return object;
    }
    throw damaged(file, "it lacks " + key, null);
  }

  /**
   * The content as a record.
   *
   * @param type a record of values, records, lists and maps
   * @param <T> the record
   * @return the record
   * @throws DataException if it lacks a number or something has another type
   */
  <T extends Record> T as(Class<T> type) {
    requireComplete(tree, type, "");
    try {
      return GSON.fromJson(reader(text), type);
    } catch (RuntimeException fault) {
      // what a record's constructor refuses comes in exceptions of many kinds
      throw damaged(file, place(fault), fault);
    }
  }

  private void requireComplete(JsonElement element, Type type, String path) {
    if (type instanceof Class<?> plain && plain.isRecord()) {
      if (!(element instanceof JsonObject object)) {
        throw damaged(file, (path.isEmpty() ? "it" : path) + " is no JSON object", null);
      }
      for (RecordComponent component : plain.getRecordComponents()) {
        String key = path.isEmpty() ? component.getName() : path + "." + component.getName();
        JsonElement value = object.get(component.getName());
        if (value != null && !value.isJsonNull()) {
          requireComplete(value, component.getGenericType(), key);
        } else if (component.getType().isPrimitive()) {
          throw damaged(file, "it lacks " + key, null);
        }
      }
    } else if (type instanceof ParameterizedType list && element instanceof JsonArray array) {
      for (JsonElement one : array) {
        requireComplete(one, list.getActualTypeArguments()[0], path);
      }
    }
  }

  private static JsonReader reader(String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    return reader;
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw damaged(file, "it is larger than this program writes it", null);
      }
      return Files.readString(file);
    } catch (java.nio.charset.CharacterCodingException notText) {
      throw damaged(file, "it is no text in UTF-8", notText);
    } catch (IOException failure) {
      throw new DataException(file + ": cannot be read: " + FailureText.of(failure), failure);
    }
  }

  /** Gson's own words are about Gson. */
  private static String place(Exception fault) {
    Throwable cause = fault instanceof JsonIOException ? fault.getCause() : fault;
    return Optional.ofNullable(cause.getMessage())
        .map(PLACE::matcher)
        .filter(Matcher::find)
        .map(found -> " (line " + found.group(1) + ", column " + found.group(2) + ")")
        .map("it is not the JSON that was written"::concat)
        .orElse("it is not the JSON that was written");
  }

  private static DataException damaged(Path file, String reason, Exception cause) {
    return new DataException(file + ": is damaged: " + reason, cause);
  }
}
