package org.largevae.runner.cli;

import java.io.BufferedOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.largevae.datasets.format.CsvFormat;
import org.largevae.datasets.format.CsvLines;
import org.largevae.datasets.format.NpyWriter;
import org.largevae.runner.run.RowBlock;

/** A file with some numbers of each example: a CSV file, or a NumPy array of the numbers alone. */
interface ExampleOutput {

  /**
   * Writes some examples.
   *
   * @param block says which they are
   * @param numbers of each, as many as there are columns
   */
  void write(RowBlock block, double[][] numbers);

  /** Completes the file. */
  void finish();

  /**
   * Starts a file in the format that its name says.
   *
   * @param file by its name
   * @param channel where it is written
   * @param columns the names of the numbers
   * @param precision of the numbers
   * @return the output
   */
  static ExampleOutput to(
      OutputFile file, FileChannel channel, List<String> columns, NpyWriter.Precision precision) {
    return file.endsIn(".npy")
        ? array(new NpyWriter(channel, precision, List.of(columns.size())))
        : table(
            new CsvLines(
                new BufferedOutputStream(Channels.newOutputStream(channel)),
                CsvFormat.commas(CsvFormat.Header.TRUE)),
            columns,
            precision);
  }

  private static ExampleOutput array(NpyWriter writer) {
    return new ExampleOutput() {
      @Override
      public void write(RowBlock block, double[][] numbers) {
        for (double[] example : numbers) {
          writer.write(example);
        }
      }

      @Override
      public void finish() {
        writer.finish();
      }
    };
  }

  private static ExampleOutput table(
      CsvLines lines, List<String> columns, NpyWriter.Precision precision) {
    return new ExampleOutput() {
      private boolean begun;

      @Override
      public void write(RowBlock block, double[][] numbers) {
        if (!begun) {
          lines.write(header(block));
          begun = true;
        }
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
          fields.add(String.valueOf(block.places().get(i)));
          for (List<String> texts : List.of(block.identifiers(), block.labels(), block.parts())) {
            if (!texts.isEmpty()) {
              fields.add(texts.get(i));
            }
          }
          for (double number : numbers[i]) {
            fields.add(
                precision == NpyWriter.Precision.SINGLE
                    ? lines.number((float) number)
                    : lines.number(number));
          }
          lines.write(fields);
          fields.clear();
        }
      }

      private List<String> header(RowBlock block) {
        List<String> names = new ArrayList<>(List.of("place"));
        names.addAll(block.identifiers().isEmpty() ? List.of() : List.of("identifier"));
        names.addAll(block.labels().isEmpty() ? List.of() : List.of("label"));
        names.addAll(block.parts().isEmpty() ? List.of() : List.of("part"));
        names.addAll(columns);
        return names;
      }

      @Override
      public void finish() {
        lines.finish();
      }
    };
  }
}
