package org.largevae.datasets.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.largevae.api.data.DataFile;

/**
 * A download that is not whole yet, {@code NAME.part} beside its target. It is locked while open,
 * since several experiments started at once may want the same file.
 */
final class PartFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private PartFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Opens what an earlier try left, or an empty one; waits while another process holds it. */
  static PartFile open(Path target) throws IOException {
    Path path = target.resolveSibling(target.getFileName() + ".part");
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      channel.lock();
    } catch (OverlappingFileLockException busy) {
      channel.close();
      throw new IOException("another download in this program is writing it", busy);
    } catch (IOException fault) {
      channel.close();
      throw fault;
    }
    return new PartFile(path, channel);
  }

  long size() {
    return onDisk(channel::size);
  }

  void clear() {
    onDisk(() -> channel.truncate(0));
  }

  void append(byte[] bytes, int count) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
    onDisk(
        () -> {
          channel.position(channel.size());
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
          return channel;
        });
  }

  String hash(DataFile file, long limit) throws IOException {
    channel.position(0);
    // The stream is not closed: that would close the channel, and with it give up the lock.
    InputStream stream = Channels.newInputStream(channel);
    return Content.hash(new Unclosed(stream), file, limit);
  }

  /** Puts the whole file in its place; on the disk first, so that a crash leaves no empty file. */
  void moveTo(Path target) throws IOException {
    channel.force(true);
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes the file, which a crash or another process may have done before. */
  void delete() throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private interface DiskAccess<T> {
    T run() throws IOException;
  }

  /** Unchecked, so that a full disk is not taken for a fault of the network. */
  private static <T> T onDisk(DiskAccess<T> access) {
    try {
      return access.run();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // Left open on purpose.
    }
  }
}
