package org.largevae.runner.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files so that a reader sees the old content or the new, never a part. */
final class WholeFile {

  private WholeFile() {}

  /**
   * Writes a file under a temporary name beside its own, then moves it there.
   *
   * @param file to write or replace; its folder is made if missing
   * @param content the whole content
   * @throws IOException if the folder or the file cannot be written
   */
  static void write(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    // Not Files.createTempFile: its files may be read by their owner alone, and stay so.
    Path partial = folder.resolve("." + file.getFileName() + ".partial");
    try {
      Files.write(partial, content);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
