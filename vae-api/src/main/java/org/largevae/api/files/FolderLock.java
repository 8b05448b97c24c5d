package org.largevae.api.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second process out of a folder, by a lock on a file in it that names its holder. The
 * system frees the lock of a killed process, so a stale one cannot block. The file stays: if it
 * were deleted, one process could lock the deleted file and another a new one of its name.
 */
public final class FolderLock implements AutoCloseable {
  /** Behind the holder's name, which other processes may then read on Windows too. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int ATTEMPTS = 10;
  private static final long PAUSE_MILLISECONDS = 20;

  /**
   * The files that this process has locked. POSIX frees a process' locks on a file when it closes
   * the file, however often it had it open: a file in here must not be opened once more.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Refuses a folder that cannot be written or is in use. Changes nothing.
   *
   * @param folder the folder, which may be missing
   * @param name of the file that a holder locks
   * @param kind of holder, for the message: {@code ""} or {@code "another sweep, "}
   * @throws FolderException if it is of no use
   */
  public static void requireUsable(Path folder, String name, String kind) {
    Path existing = folder.toAbsolutePath();
    while (existing.getParent() != null && Files.notExists(existing)) {
      existing = existing.getParent();
    }
    boolean itself = existing.equals(folder.toAbsolutePath());
    if (!Files.isDirectory(existing)) {
      throw unusable(folder, (itself ? "it" : existing) + " is a file");
    }
    if (!Files.isWritable(existing)) {
      throw unusable(folder, (itself ? "it" : existing) + " cannot be written");
    }
    if (Files.exists(folder.resolve(name))) {
      requireUnheld(folder, name, kind);
    }
  }

  private static void requireUnheld(Path folder, String name, String kind) {
    try {
      Path file = folder.toRealPath().resolve(name);
      if (HELD.contains(file)) {
        throw inUse(folder, kind + LockOwner.self());
      }
      // a shared lock: any number may look at a time
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          FileLock lock = channel.tryLock(LOCKED_BYTE, 1, true)) {
        if (lock == null) {
          throw inUse(folder, kind + LockOwner.of(file));
        }
      }
    } catch (IOException failure) {
      throw unusable(folder, OutputException.reason(failure));
    }
  }

  /**
   * Makes a folder if it is missing and locks it.
   *
   * @param folder the folder
   * @param name of the file that is locked, made if missing
   * @param kind of holder, for the message: {@code ""} or {@code "another sweep, "}
   * @return the lock, to be closed
   * @throws OutputException if it cannot be written
   * @throws FolderException if the folder is in use
   */
  public static FolderLock of(Path folder, String name, String kind) {
    try {
      DurableFiles.makeFolder(folder);
      Path file = folder.toRealPath().resolve(name);
      if (!HELD.add(file)) {
        throw inUse(folder, kind + LockOwner.self());
      }
      try {
        return new FolderLock(file, locked(folder, file, kind));
      } catch (IOException | RuntimeException failure) {
        HELD.remove(file);
        throw failure;
      }
    } catch (IOException failure) {
      throw new OutputException(folder, failure, "free some space or name another folder");
    }
  }

  private static FileChannel locked(Path folder, Path file, String kind) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (!lock(channel)) {
        throw inUse(folder, kind + LockOwner.of(file));
      }
      channel.truncate(0);
      channel.write(StandardCharsets.UTF_8.encode(LockOwner.self() + "\n"));
      return channel;
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  /** Waits a moment for a process that only looks. */
  private static boolean lock(FileChannel channel) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // freed when the channel is closed
      if (channel.tryLock(LOCKED_BYTE, 1, false) != null) {
        return true;
      }
      try {
        Thread.sleep(PAUSE_MILLISECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  private static FolderException inUse(Path folder, String holder) {
    return new FolderException(folder, FolderException.Reason.IN_USE, "is in use by " + holder);
  }

  private static FolderException unusable(Path folder, String reason) {
    return new FolderException(
        folder, FolderException.Reason.UNUSABLE, "cannot be used as output folder: " + reason);
  }

  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException failure) {
      throw new OutputException(file, failure, "the lock ends with this process");
    } finally {
      HELD.remove(file);
    }
  }
}
