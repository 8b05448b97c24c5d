package org.largevae.runner.cli;

import java.io.BufferedOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.stream.IntStream;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.datasets.format.CsvFormat;
import org.largevae.datasets.format.CsvLines;
import org.largevae.datasets.format.NpyWriter;

/** Examples that a model gave, as a table or an array. */
final class SampleFile {

  private SampleFile() {}

  /**
   * Writes a CSV file with a column for each value.
   *
   * @param examples shape (N, D), in the data's own units
   * @param data what they are made of; columns without names are x1, x2 and so on
   * @param channel gets the text
   */
  static void table(float[][] examples, DataDescription data, FileChannel channel) {
    int dimensions = data.dimensions();
    List<String> names =
        data.names().isEmpty()
            ? IntStream.rangeClosed(1, dimensions).mapToObj(i -> "x" + i).toList()
            : data.names();
    CsvLines lines =
        new CsvLines(
            new BufferedOutputStream(Channels.newOutputStream(channel)),
            CsvFormat.commas(CsvFormat.Header.TRUE));
    // without names the rows are read again as the table was, from the first line on
    if (!isNumbered(data.names())) {
      lines.write(names);
    }
    for (float[] example : examples) {
      lines.write(
          IntStream.range(0, dimensions)
              .mapToObj(i -> CellText.of(example[i], i, data, lines))
              .toList());
    }
    lines.finish();
  }

  /** As the columns of a table without a header are called. */
  private static boolean isNumbered(List<String> names) {
    return !names.isEmpty()
        && IntStream.range(0, names.size())
            .allMatch(i -> names.get(i).equals(String.valueOf(i + 1)));
  }

  /**
   * Writes a NumPy array, float32: of images N x height x width or N x channels x height x width,
   * else N x D, categories as their places from 0.
   *
   * @param examples shape (N, D), in the data's own units
   * @param shape of an example
   * @param channel gets the array
   */
  static void array(float[][] examples, DataShape shape, FileChannel channel) {
    List<Integer> axes =
        !shape.isImage()
            ? List.of(shape.dimensions())
            : shape.channels() == 1
                ? List.of(shape.height(), shape.width())
                : List.of(shape.channels(), shape.height(), shape.width());
    NpyWriter writer = new NpyWriter(channel, NpyWriter.Precision.SINGLE, axes);
    for (float[] example : examples) {
      writer.write(IntStream.range(0, example.length).mapToDouble(i -> example[i]).toArray());
    }
    writer.finish();
  }
}
