package org.largevae.api.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.largevae.api.config.ConfigurationException;

/** A process that tries to lock a folder and says what came of it. */
final class LockAttempt {

  private LockAttempt() {}

  /**
   * Tries once.
   *
   * @param arguments the folder, and {@code hold} to keep the lock until standard input ends
   * @throws IOException if standard input cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (FolderLock lock = FolderLock.of(Path.of(arguments[0]), "lock", "")) {
      out.println("locked");
      if (arguments[1].equals("hold")) {
        System.in.transferTo(OutputStream.nullOutputStream());
      }
    } catch (ConfigurationException inUse) {
      out.println(inUse.getMessage());
    }
  }
}
