package org.largevae.api.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writes files so that a reader finds the old or the new content, never a part. */
public final class DurableFiles {

  private DurableFiles() {}

  /** Writes what a file is to hold, however long it is. */
  @FunctionalInterface
  public interface ContentWriter {

    /**
     * Writes all of it.
     *
     * @param channel an empty file, which may be written at any position; left open
     * @throws IOException if it cannot be written
     */
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file and waits until the disk has it.
   *
   * @param file the file, replaced if it exists
   * @param content its content
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, channel -> writeAll(channel, content));
  }

  private static void write(Path file, ContentWriter content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      content.writeTo(channel);
      channel.force(true);
    }
  }

  /**
   * Writes on, whatever part of it the system takes at a time.
   *
   * @param channel where
   * @param content all that is to be written
   * @throws IOException if a part cannot be written
   */
  public static void writeAll(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /**
   * Replaces a file at once: written beside it under a temporary name, synced, renamed.
   *
   * @param file the file
   * @param content its new content
   * @throws IOException if it cannot be written; the old content is then still there
   */
  public static void replace(Path file, byte[] content) throws IOException {
    replace(file, channel -> writeAll(channel, content));
  }

  /**
   * Replaces a file by one of any length in the same way.
   *
   * @param file the file
   * @param content writes its new content; an exception from it leaves the old content there
   * @throws IOException if it cannot be written; the old content is then still there
   */
  public static void replace(Path file, ContentWriter content) throws IOException {
    Path temporary = file.resolveSibling(temporary(file.getFileName().toString()));
    try {
      write(temporary, content);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(file.toAbsolutePath().getParent());
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * The name under which a file is written before it is moved to its place.
   *
   * @param name the file's name
   * @return a name that begins with a dot
   */
  public static String temporary(String name) {
    return "." + name + ".tmp";
  }

  /**
   * Makes a folder and those above it that are missing, and waits until the disk has them.
   *
   * @param folder the folder; nothing happens if it is there
   * @throws IOException if it cannot be made
   */
  public static void makeFolder(Path folder) throws IOException {
    List<Path> parents = new ArrayList<>();
    Path missing = folder.toAbsolutePath();
    while (Files.notExists(missing)) {
      missing = missing.getParent();
      parents.add(missing);
    }
    Files.createDirectories(folder);
    for (Path parent : parents) {
      syncFolder(parent);
    }
  }

  /**
   * Waits until the disk has a folder's entries, where the system can do so: not on Windows, and
   * not in a folder that may be written but not read.
   *
   * @param folder the folder
   * @throws IOException if it fails
   */
  public static void syncFolder(Path folder) throws IOException {
    // Windows cannot open a folder as a file and needs no sync for renames
    if (System.getProperty("os.name").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException unreadable) {
      // syncing takes the right to read, writing does not: what was written there is still good
      if (Files.isReadable(folder)) {
        throw unreadable;
      }
    }
  }

  /**
   * Deletes a folder with all that is in it.
   *
   * @param folder the folder; nothing happens if it is missing
   * @throws IOException if something cannot be deleted
   */
  public static void deleteFolder(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    List<Path> entries;
    try (Stream<Path> walk = Files.walk(folder)) {
      entries = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : entries) {
      Files.deleteIfExists(entry);
    }
  }
}
