package org.largevae.core.preparation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.Labels;
import org.largevae.api.dataset.RawData;
import org.largevae.api.dataset.RawTable;
import org.largevae.api.files.MessageText;
import org.largevae.core.table.TableColumns;

/**
 * Reads all examples of a file as a trained model takes them, block by block in the file's order. A
 * table is never whole in memory.
 */
public final class ExampleReader {
  private final Preparation preparation;
  private final PreparationSettings settings;
  private final DataDescription data;
  private final boolean ownDataset;

  private ExampleReader(PreparationSettings settings, DataDescription data, boolean ownDataset) {
    this.preparation = new Preparation(settings);
    this.settings = settings;
    this.data = data;
    this.ownDataset = ownDataset;
  }

  /**
   * Reads the dataset that the model was trained on: what is drawn for its examples is what was
   * drawn for validation and test.
   *
   * @param settings those that the model was trained with
   * @param data what the model's examples are made of
   * @return the reader
   */
  public static ExampleReader ofDataset(PreparationSettings settings, DataDescription data) {
    return new ExampleReader(settings, data, true);
  }

  /**
   * Reads any file: what is drawn for an example, such as its binary pixels, depends on its own
   * values alone and not on where it stands.
   *
   * @param settings those that the model was trained with
   * @param data what the model's examples are made of
   * @return the reader
   */
  public static ExampleReader ofFile(PreparationSettings settings, DataDescription data) {
    return new ExampleReader(settings, data, false);
  }

  /**
   * Reads to the end.
   *
   * @param raw as its provider gave it
   * @param source its name, for messages
   * @param atOnce the most examples of a block, at least 1
   * @param consumer is given each block
   * @throws DataException if the examples are not of the model's kind or shape, a column is not
   *     there, or a row is bad; blocks before it have been given
   */
  public void read(RawData raw, String source, int atOnce, Consumer<ExampleBlock> consumer) {
    if (raw instanceof RawTable table) {
      readTable(table, source, atOnce, consumer);
    } else {
      readArray((Dataset) raw, source, atOnce, consumer);
    }
  }

  private void readArray(
      Dataset dataset, String source, int atOnce, Consumer<ExampleBlock> consumer) {
    Scaling scaling = ownDataset ? preparation.heldOut(dataset) : preparation.ofFile(dataset);
    requireFit(dataset, source, scaling.kind());
    for (int from = 0; from < dataset.size(); from += atOnce) {
      int to = Math.min(from + atOnce, dataset.size());
      Examples examples = scaling.apply(IntStream.range(from, to).toArray());
      consumer.accept(
          new ExampleBlock(from, examples.rows(), List.of(), labels(dataset.labels(), from, to)));
    }
  }

  private void requireFit(Dataset dataset, String source, ValueKind kind) {
    boolean sameKind = data.singleKind().equals(Optional.of(kind));
    DataShape shape = data.shape();
    if (!sameKind || !dataset.shape().equals(shape)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: its examples are %s %s values, but the model was trained on %s %s",
              source,
              dataset.shape(),
              kind.name(),
              shape,
              data.singleKind()
                  .map(known -> known.name() + " values")
                  .orElse("columns of a table")));
    }
    requireColumns(dataset.columns(), source);
  }

  /** Where both have names: another order would be another meaning. */
  private void requireColumns(List<String> columns, String source) {
    List<String> known = data.names();
    for (int i = 0; i < Math.min(columns.size(), known.size()); i++) {
      if (!columns.get(i).equals(known.get(i))) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: column %d is \"%s\", but the model was trained with \"%s\" there; give the"
                    + " columns their order, or train with dataset.name = table, which goes by names",
                source,
                i + 1,
                MessageText.of(columns.get(i)),
                MessageText.of(known.get(i))));
      }
    }
  }

  private static List<String> labels(Optional<Labels> known, int from, int to) {
    return known
        .map(
            labels ->
                Arrays.stream(labels.indices(), from, to).mapToObj(labels.names()::get).toList())
        .orElse(List.of());
  }

  private void readTable(
      RawTable table, String source, int atOnce, Consumer<ExampleBlock> consumer) {
    if (data.names().isEmpty()) {
      throw new DataException(source + ": is a table, but the model was not trained on one");
    }
    int identifier = place(table, settings.columns().identifier());
    int label = place(table, settings.columns().label());
    long first = 0;
    List<float[]> block = new ArrayList<>();
    List<String> identifiers = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    try (RawTable.Rows rows = table.rows()) {
      TableColumns columns = new TableColumns(data, table, source);
      while (rows.next()) {
        float[] row = new float[data.dimensions()];
        columns.read(rows, row, 0);
        block.add(row);
        add(identifiers, rows, identifier);
        add(labels, rows, label);
        if (block.size() == atOnce) {
          consumer.accept(block(first, block, identifiers, labels));
          first += atOnce;
        }
      }
    }
    if (!block.isEmpty()) {
      consumer.accept(block(first, block, identifiers, labels));
    } else if (first == 0) {
      throw new DataException(source + ": the table has no rows");
    }
  }

  /** -1 where the column is not in this table, as it need not be. */
  private static int place(RawTable table, Optional<String> column) {
    return column.map(table.columns()::indexOf).orElse(-1);
  }

  private static void add(List<String> texts, RawTable.Rows rows, int column) {
    if (column >= 0) {
      texts.add(rows.written(column).strip());
    }
  }

  private static ExampleBlock block(
      long first, List<float[]> rows, List<String> identifiers, List<String> labels) {
    ExampleBlock block =
        new ExampleBlock(
            first, rows.toArray(float[][]::new), List.copyOf(identifiers), List.copyOf(labels));
    rows.clear();
    identifiers.clear();
    labels.clear();
    return block;
  }
}
