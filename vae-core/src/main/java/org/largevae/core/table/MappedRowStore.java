package org.largevae.core.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.largevae.api.files.OutputException;
import org.largevae.core.engine.MachineMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows to a temporary file. On Linux and macOS its name is gone as soon as it is open, so
 * that nothing is left behind however the process ends; Windows is asked to delete it, which it may
 * refuse while the file is mapped.
 */
final class MappedRowStore implements RowStore {
  /** A power of two below the 2 GiB that a map can have. */
  static final int MAP_BYTES = 1 << 30;

  private static final Logger LOGGER = LoggerFactory.getLogger(MappedRowStore.class);
  private static final int BUFFER = 1 << 20;

  private final Path folder;
  private final int rows;
  private final int dimensions;
  private final int mapBytes;
  private final FileChannel file;
  private final ByteBuffer buffer;

  /**
   * Begins a file.
   *
   * @param folder where; there must be room for it
   * @param rows N
   * @param dimensions D
   * @param mapBytes the most bytes of a map, at least those of a row
   * @throws OutputException if there is no room or the file cannot be made
   */
  MappedRowStore(Path folder, int rows, int dimensions, int mapBytes) {
    this.folder = folder;
    this.rows = rows;
    this.dimensions = dimensions;
    this.mapBytes = mapBytes;
    try {
      requireRoom();
      file = open(folder);
    } catch (IOException failure) {
      throw unwritable(failure);
    }
    int row = dimensions * Float.BYTES;
    buffer = ByteBuffer.allocateDirect(Math.max(1, BUFFER / row) * row);
    buffer.order(ByteOrder.LITTLE_ENDIAN);
  }

  private static FileChannel open(Path folder) throws IOException {
    Path path = Files.createTempFile(folder, "large-vae-", ".float32");
    try {
      return FileChannel.open(
          path,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException failure) {
      Files.deleteIfExists(path);
      throw failure;
    }
  }

  /** Before hours of reading, not after them. */
  private void requireRoom() throws IOException {
    // files of tables that are garbage take their space until their maps are collected
    System.gc();
    double bytes = (double) rows * dimensions * Float.BYTES;
    var store = Files.getFileStore(folder);
    if (bytes > store.getUsableSpace()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "the table's values take %s, but %s are free",
              MachineMemory.show(bytes),
              MachineMemory.show(store.getUsableSpace())));
    }
    if (store.type().equals("tmpfs")) {
      LOGGER.warn(
          "{} lies in memory (tmpfs), and {} of a table's values go there; name a folder on a disk"
              + " with VAE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
          folder,
          MachineMemory.show(bytes));
    }
  }

  @Override
  public void add(float[] row) {
    if (!buffer.hasRemaining()) {
      write();
    }
    buffer.asFloatBuffer().put(row);
    buffer.position(buffer.position() + row.length * Float.BYTES);
  }

  /** Not through the map, where a full disk is a crash. */
  private void write() {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
    } catch (IOException failure) {
      throw unwritable(failure);
    }
    buffer.clear();
  }

  @Override
  public StoredRows finish() {
    write();
    try {
      return MappedRows.of(file, rows, dimensions, mapBytes);
    } catch (IOException failure) {
      throw unwritable(failure);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException failure) {
      throw unwritable(failure);
    }
  }

  private OutputException unwritable(IOException failure) {
    return new OutputException(
        folder,
        failure,
        "a table larger than memory is kept in a temporary file; free space there, or name another"
            + " folder with VAE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
  }
}
