package org.largevae.core.folder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FailureText;
import org.largevae.core.engine.Copies;
import org.largevae.core.engine.FiniteValues;

/** Named arrays in the safetensors format. */
public final class SafeTensors {

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
  public static void read(Path file, Map<String, NDArray> targets) {
    SafeTensorsFile found = SafeTensorsFile.read(file);
    targets.forEach((name, target) -> checkFits(file, name, found.entries().get(name), target));
    List<String> unknown =
        found.entries().keySet().stream().filter(name -> !targets.containsKey(name)).toList();
    if (!unknown.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: holds arrays that the model does not have: %s",
              file,
              FailureText.shown(String.join(", ", unknown), "one without a name")));
    }
    readSome(file, found, targets);
  }

  /**
   * Reads some arrays of a file into existing ones of the same names and shapes. Nothing is changed
   * unless all are finite.
   *
   * @param file for messages
   * @param found its content
   * @param targets the arrays to fill, by names that the file has
   * @throws DataException if one holds a value that is not finite
   */
  static void readSome(Path file, SafeTensorsFile found, Map<String, NDArray> targets) {
    targets.forEach(
        (name, target) -> requireFinite(file, found, found.entries().get(name), target));
    targets.forEach((name, target) -> copy(found, found.entries().get(name), target));
  }

  private static void copy(SafeTensorsFile file, SafeTensorsFile.Entry entry, NDArray target) {
    try (NDManager manager = target.getManager().newSubManager()) {
      Copies.copy(manager.create(file.data(entry), entry.shape(), entry.type()), target);
    }
  }

  private static void checkFits(
      Path file, String name, SafeTensorsFile.Entry found, NDArray target) {
    if (found == null) {
      throw new DataException(String.format(Locale.ROOT, "%s: lacks the array %s", file, name));
    }
    if (!found.shape().equals(target.getShape()) || found.type() != target.getDataType()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: array %s is %s %s, but the model's is %s %s",
              file,
              name,
              found.type(),
              FailureText.shown(found.shape().toString(), ""),
              target.getDataType(),
              target.getShape()));
    }
  }

  private static void requireFinite(
      Path file, SafeTensorsFile found, SafeTensorsFile.Entry entry, NDArray target) {
    try (NDManager manager = target.getManager().newSubManager()) {
      if (!FiniteValues.areAll(manager.create(found.data(entry), entry.shape(), entry.type()))) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: array %s holds a value that is NaN or infinite, so it cannot be used",
                file,
                entry.name()));
      }
    }
  }
}
