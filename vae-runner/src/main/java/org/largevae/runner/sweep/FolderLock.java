package org.largevae.runner.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;

/** Keeps a second sweep out of a folder. The system frees the lock of a killed process. */
final class FolderLock implements AutoCloseable {
  private static final String FILE = ".sweep.lock";

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Makes the folder if it is missing and locks it.
   *
   * @param folder the sweep's folder
   * @return the lock, to be closed
   * @throws ConfigurationException if it cannot be written or another sweep uses it
   */
  static FolderLock of(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        String holder = Files.readString(file).strip();
        channel.close();
        throw new ConfigurationException(
            folder
                + ": is in use by another sweep"
                + (holder.isEmpty() ? "" : ", " + holder)
                + "; wait for it or name another folder with --output");
      }
      channel.truncate(0);
      String self = "process " + ProcessHandle.current().pid() + "\n";
      channel.write(StandardCharsets.UTF_8.encode(self));
      return new FolderLock(file, channel);
    } catch (IOException failure) {
      throw new ConfigurationException(
          folder + ": cannot be used as output folder: " + reason(failure), failure);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    return failure instanceof FileAlreadyExistsException
        ? "it is a file"
        : failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException failure) {
      throw new DataException(file + ": cannot be released", failure);
    }
  }
}
