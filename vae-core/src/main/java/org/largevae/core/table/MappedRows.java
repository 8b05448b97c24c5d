package org.largevae.core.table;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;

/**
 * Rows in a file, as little-endian float32. The operating system keeps as much of it in memory as
 * there is room for. The file is let go of when these rows are garbage.
 */
public final class MappedRows implements StoredRows {
  private final int dimensions;
  private final int rowsOfMap;
  private final FloatBuffer[] maps;

  private MappedRows(int dimensions, int rowsOfMap, FloatBuffer[] maps) {
    this.dimensions = dimensions;
    this.rowsOfMap = rowsOfMap;
    this.maps = maps;
  }

  /**
   * Maps a file, in pieces, as one map can have 2 GiB at most.
   *
   * @param file may be closed afterwards
   * @param rows N
   * @param dimensions D
   * @param mapBytes the most bytes of a piece, at least those of a row
   */
  static MappedRows of(FileChannel file, int rows, int dimensions, int mapBytes)
      throws IOException {
    int rowsOfMap = mapBytes / (dimensions * Float.BYTES);
    FloatBuffer[] maps = new FloatBuffer[(rows - 1) / rowsOfMap + 1];
    for (int i = 0; i < maps.length; i++) {
      long first = (long) i * rowsOfMap;
      long count = Math.min(rowsOfMap, rows - first);
      long rowBytes = (long) dimensions * Float.BYTES;
      maps[i] =
          file.map(FileChannel.MapMode.READ_ONLY, first * rowBytes, count * rowBytes)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer();
    }
    return new MappedRows(dimensions, rowsOfMap, maps);
  }

  @Override
  public float value(int row, int column) {
    return maps[row / rowsOfMap].get(row % rowsOfMap * dimensions + column);
  }

  @Override
  public void copy(int row, float[] target, int offset) {
    maps[row / rowsOfMap].get(row % rowsOfMap * dimensions, target, offset, dimensions);
  }

  @Override
  public boolean isMapped() {
    return true;
  }
}
