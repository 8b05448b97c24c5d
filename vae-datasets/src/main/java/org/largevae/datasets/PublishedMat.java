package org.largevae.datasets;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.largevae.api.config.HoconText;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Values;
import org.largevae.datasets.format.Mat5File;
import org.largevae.datasets.format.NumericArray;

/** A published MAT-file, of whose variables the names and sizes are known. */
final class PublishedMat {
  private final DataFile file;
  private final String source;
  private final String holds;
  private final Mat5File content;

  private PublishedMat(DataFile file, String source, String holds, Mat5File content) {
    this.file = file;
    this.source = source;
    this.holds = holds;
    this.content = content;
  }

  /**
   * Reads the names of the variables.
   *
   * @param file published
   * @param holds what is in it, for messages
   * @throws DataException if it is missing, damaged or no MAT-file
   */
  static PublishedMat read(DataFile file, String holds, DataFiles files) {
    String name = file.folder() + "/" + file.name();
    // a file of known content is sure to be the published one
    String source = file.sha256().isPresent() ? name : files.locate(file).orElse(name);
    return new PublishedMat(file, source, holds, Mat5File.read(files.read(file), source));
  }

  String fingerprint() {
    return content.fingerprint();
  }

  boolean has(String variable) {
    return content.names().contains(variable);
  }

  /**
   * Reads a variable.
   *
   * @param sizes that it has in the published file
   * @param examplesFirst whether the first axis counts the examples, not the last
   * @throws DataException if it is not there or has other sizes
   */
  NumericArray variable(String name, List<Integer> sizes, boolean examplesFirst) {
    if (!has(name)) {
      throw other("holds " + HoconText.of(content.names()) + " but no " + name);
    }
    NumericArray array = content.read(name, examplesFirst);
    if (!array.sizes().equals(sizes)) {
      throw other(name + " is " + shown(array.sizes()) + ", not " + shown(sizes));
    }
    return array;
  }

  /**
   * Reads whole numbers, one for each example.
   *
   * @param highest of them; the lowest is 1
   * @throws DataException if it is not there, has other sizes or holds another number
   */
  int[] classes(String name, int examples, int highest) {
    NumericArray array = variable(name, List.of(examples, 1), true);
    int[] classes = new int[examples];
    for (int i = 0; i < examples; i++) {
      float value = value(array, i);
      if (!(value >= 1 && value <= highest && value == Math.rint(value))) {
        throw other(array.place().apply(i) + " is " + value + ", not a class from 1 to " + highest);
      }
      classes[i] = (int) value;
    }
    return classes;
  }

  /** A value as a number, also where the file has unsigned bytes. */
  static float value(NumericArray array, int at) {
    return array.values() instanceof Values.Pixels pixels
        ? pixels.bytes()[at] & 0xff
        : ((Values.Reals) array.values()).floats()[at];
  }

  /** What is wrong with a file that is not the published one. */
  DataException other(String found) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: %s, so it is not the published %s, which holds %s; replace it by the one at %s",
            source,
            found,
            file.name(),
            holds,
            file.addresses().stream().map(Object::toString).collect(Collectors.joining(" or "))));
  }

  private static String shown(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }
}
