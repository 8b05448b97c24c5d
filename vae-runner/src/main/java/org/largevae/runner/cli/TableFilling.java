package org.largevae.runner.cli;

import java.io.BufferedOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.RawTable;
import org.largevae.core.TrainedVae;
import org.largevae.core.table.TableColumns;
import org.largevae.datasets.CsvFileTable;
import org.largevae.datasets.format.CsvFormat;
import org.largevae.datasets.format.CsvLines;

/** Writes a table again with what was missing filled in; what was there stays as it was written. */
final class TableFilling {
  /** The column that counts the draws of a row. */
  static final String DRAW = "draw";

  private static final int PAIRS_AT_ONCE = 50_000;
  private static final int MOST_ROWS = 1000;

  private final TrainedVae vae;
  private final int samples;
  private final int draws;
  private final long seed;
  private final RowProgress progress;
  private long filledCells;
  private long filledRows;

  /**
   * A filling.
   *
   * @param vae the model
   * @param samples S, draws of z for each row
   * @param draws how many times each row is written, with values that are drawn; 0 for once, with
   *     what is expected
   * @param seed of the draws
   * @param progress hears how many rows are done
   */
  TableFilling(TrainedVae vae, int samples, int draws, long seed, RowProgress progress) {
    this.vae = vae;
    this.samples = samples;
    this.draws = draws;
    this.seed = seed;
    this.progress = progress;
  }

  /** A row as it was read. */
  private record TableRow(List<String> cells, float[] values) {
    boolean isComplete() {
      return IntStream.range(0, values.length).noneMatch(i -> Float.isNaN(values[i]));
    }
  }

  /**
   * Writes the table.
   *
   * @param table to be filled
   * @param source its name, for messages
   * @param channel gets the text
   * @throws DataException if the table has not the model's columns, or a row is bad
   */
  void write(RawTable table, String source, FileChannel channel) {
    List<String> names = table.columns();
    if (draws > 0 && names.contains(DRAW)) {
      throw new DataException(
          source + ": has a column \"draw\" already; rename it, or leave out --draws");
    }
    CsvFormat format =
        table instanceof CsvFileTable csv ? csv.format() : CsvFormat.commas(CsvFormat.Header.TRUE);
    CsvLines lines =
        new CsvLines(new BufferedOutputStream(Channels.newOutputStream(channel)), format);
    if (format.header() == CsvFormat.Header.TRUE) {
      lines.write(numbered(DRAW, names));
    }
    int rowsAtOnce = Math.max(1, Math.min(MOST_ROWS, PAIRS_AT_ONCE / samples));
    List<TableRow> block = new ArrayList<>();
    try (RawTable.Rows rows = table.rows()) {
      TableColumns columns = new TableColumns(vae.data(), table, source);
      while (rows.next()) {
        float[] values = new float[vae.data().dimensions()];
        columns.read(rows, values, 0);
        block.add(
            new TableRow(
                IntStream.range(0, names.size()).mapToObj(rows::written).toList(), values));
        if (block.size() == rowsAtOnce) {
          write(block, names, lines);
        }
      }
    }
    write(block, names, lines);
    if (progress.done() == 0) {
      throw new DataException(source + ": the table has no rows");
    }
    lines.finish();
  }

  private void write(List<TableRow> block, List<String> names, CsvLines lines) {
    float[][] incomplete =
        block.stream()
            .filter(row -> !row.isComplete())
            .map(TableRow::values)
            .toArray(float[][]::new);
    float[][][] filled =
        draws == 0
            ? new float[][][] {vae.impute(incomplete, samples, seed)}
            : vae.imputeSample(incomplete, samples, draws, seed);
    int next = 0;
    for (TableRow row : block) {
      boolean complete = row.isComplete();
      for (int draw = 0; draw < filled.length; draw++) {
        List<String> cells = complete ? row.cells() : cells(row, filled[draw][next], names, lines);
        lines.write(numbered(String.valueOf(draw + 1), cells));
      }
      next += complete ? 0 : 1;
    }
    filledRows += incomplete.length;
    filledCells +=
        Arrays.stream(incomplete)
            .mapToLong(
                row -> IntStream.range(0, row.length).filter(i -> Float.isNaN(row[i])).count())
            .sum();
    progress.advance(block.size());
    block.clear();
  }

  private List<String> cells(TableRow row, float[] filled, List<String> names, CsvLines lines) {
    DataDescription data = vae.data();
    List<String> cells = new ArrayList<>(row.cells());
    for (int value = 0; value < filled.length; value++) {
      if (Float.isNaN(row.values()[value])) {
        cells.set(
            names.indexOf(data.names().get(value)), CellText.of(filled[value], value, data, lines));
      }
    }
    return cells;
  }

  /** With the column of the draw in front where rows are drawn. */
  private List<String> numbered(String draw, List<String> cells) {
    if (draws == 0) {
      return cells;
    }
    List<String> all = new ArrayList<>(List.of(draw));
    all.addAll(cells);
    return all;
  }

  /** How many cells were filled in, each counted once. */
  long filledCells() {
    return filledCells;
  }

  /** In how many rows. */
  long filledRows() {
    return filledRows;
  }
}
