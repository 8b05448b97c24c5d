package org.largevae.core.folder;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.file.Path;
import org.largevae.api.component.ModelShape;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;

/**
 * The content of a run's {@code model.json}: the sizes that cannot be read from its configuration,
 * so that its model can be used where its data are not.
 *
 * @param format 1
 * @param channels of an example
 * @param height of an example
 * @param width of an example
 * @param support which values an example has
 * @param latentSize M
 */
public record ModelDescription(
    int format, int channels, int height, int width, Support support, int latentSize) {
  public static final String FILE = "model.json";
  private static final int FORMAT = 1;
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  public static ModelDescription of(ModelShape shape) {
    DataShape data = shape.data();
    return new ModelDescription(
        FORMAT, data.channels(), data.height(), data.width(), shape.support(), shape.latentSize());
  }

  public String toJson() {
    return GSON.toJson(this) + "\n";
  }

  /**
   * Reads the description of a run's model.
   *
   * @param folder the run's folder
   * @return the model's sizes
   * @throws DataException if the file is missing, damaged or of a newer version
   */
  public static ModelShape read(Path folder) {
    Path file = folder.resolve(FILE);
    JsonFile json = JsonFile.read(file);
    json.requireFormat(FORMAT);
    ModelDescription found = json.as(ModelDescription.class);
    try {
      if (found.support == null) {
        throw new DataException(file + ": is damaged: it does not say which values data have");
      }
      DataShape data = new DataShape(found.channels, found.height, found.width);
      ModelShape shape = new ModelShape(data, found.support, found.latentSize);
      Math.multiplyExact(shape.dimensions(), shape.latentSize());
      return shape;
    } catch (IllegalArgumentException | ArithmeticException damaged) {
      throw new DataException(file + ": is damaged: " + damaged.getMessage(), damaged);
    }
  }
}
