package org.largevae.runner.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.largevae.api.data.DataException;
import org.largevae.runner.engine.Copies;
import org.largevae.runner.engine.FiniteValues;

/** Named arrays in the safetensors format. */
final class SafeTensors {

  private SafeTensors() {}

  /**
   * Encodes arrays.
   *
   * @param arrays by unique name
   * @return the file's bytes
   */
  static byte[] encode(Map<String, NDArray> arrays) {
    NDList list = new NDList(arrays.size());
    arrays.forEach(
        (name, array) -> {
          array.setName(name);
          list.add(array);
        });
    return list.encode(NDList.Encoding.SAFETENSORS);
  }

  /**
   * Reads arrays into existing ones of the same names and shapes. Nothing is changed unless all
   * fit.
   *
   * @param file the file
   * @param targets the arrays to fill, by name
   * @throws DataException if the file cannot be read, is damaged, has other names or shapes, or
   *     holds a value that is not finite
   */
  static void read(Path file, Map<String, NDArray> targets) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException failure) {
      throw new DataException(file + ": cannot be read: " + failure.getMessage(), failure);
    }
    NDArray any = targets.values().iterator().next();
    try (NDManager manager = any.getManager().newSubManager()) {
      Map<String, NDArray> found = decode(manager, bytes, file);
      targets.forEach((name, target) -> checkFits(file, name, found.get(name), target));
      if (found.size() != targets.size()) {
        found.keySet().removeAll(targets.keySet());
        throw new DataException(
            file + ": holds arrays that the model does not have: " + found.keySet());
      }
      targets.forEach((name, target) -> Copies.copy(found.get(name), target));
    }
  }

  private static Map<String, NDArray> decode(NDManager manager, byte[] bytes, Path file) {
    Map<String, NDArray> found = new HashMap<>();
    try {
      for (NDArray array : NDList.decode(manager, bytes)) {
        found.put(array.getName(), array);
      }
    } catch (RuntimeException damaged) {
      // DJL's decoder throws many kinds of exception at a damaged file
      throw new DataException(file + ": is not a whole safetensors file", damaged);
    }
    return found;
  }

  private static void checkFits(Path file, String name, NDArray found, NDArray target) {
    if (found == null) {
      throw new DataException(
          String.format(Locale.ROOT, "%s: lacks the model's array %s", file, name));
    }
    if (!found.getShape().equals(target.getShape())
        || found.getDataType() != target.getDataType()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: array %s is %s %s, but the model's is %s %s",
              file,
              name,
              found.getDataType(),
              found.getShape(),
              target.getDataType(),
              target.getShape()));
    }
    if (!FiniteValues.areAll(found)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: array %s holds a value that is NaN or infinite, so it cannot be used",
              file,
              name));
    }
  }
}
