package org.largevae.core.folder;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;

/** Configurations as JSON: what a folder is reopened from. Nothing of HOCON is read there. */
public final class JsonConfig {
  /** Whole numbers stay whole; what is null is left out. */
  private static final Gson GSON =
      new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();

  private JsonConfig() {}

  /**
   * A JSON object as configuration.
   *
   * @param object as {@link JsonFile} reads it
   * @param description says where it was written, for messages
   * @return the configuration
   */
  public static Config of(JsonObject object, String description) {
    Map<String, Object> plain = GSON.fromJson(object, new TypeToken<Map<String, Object>>() {});
    return ConfigValueFactory.fromMap(plain, description).toConfig();
  }

  /**
   * A configuration as a JSON object.
   *
   * @param config resolved
   * @return the object; keys without a value are left out
   */
  public static JsonObject of(Config config) {
    return GSON.toJsonTree(config.root().unwrapped()).getAsJsonObject();
  }
}
