package org.largevae.api.files;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.largevae.api.data.DataException;

/**
 * Names of files with letters that the encoding which Java was started in does not have. Java takes
 * it from the locale: in that of C, all letters outside of ASCII are lost.
 */
public final class FileNames {
  private static final String ENCODING = System.getProperty("sun.jnu.encoding", "UTF-8");

  private FileNames() {}

  /**
   * The name of a file within a folder.
   *
   * @param folder above it
   * @param file found there
   * @return its path from the folder, slashes between the parts
   * @throws DataException if Java cannot read the name
   */
  public static String within(Path folder, Path file) {
    String name = folder.relativize(file).toString();
    try {
      if (folder.resolve(name).equals(file)) {
        return name.replace('\\', '/');
      }
    } catch (InvalidPathException lost) {
      throw unreadable(folder, name);
    }
    throw unreadable(folder, name);
  }

  private static DataException unreadable(Path folder, String name) {
    return new DataException(
        folder
            + ": holds a file whose name cannot be read, shown as "
            + MessageText.of(name)
            + (isUtf8() ? "; rename it, its name is no UTF-8" : advice()));
  }

  /**
   * What to do about a name that Java cannot write or find.
   *
   * @return a clause that begins with a semicolon; empty where names are in UTF-8
   */
  public static String advice() {
    return isUtf8()
        ? ""
        : "; names are read as "
            + ENCODING
            + " here, which lacks some letters: start it in UTF-8, for example with"
            + " LC_ALL=C.UTF-8 before the command";
  }

  private static boolean isUtf8() {
    return Charset.isSupported(ENCODING)
        && Charset.forName(ENCODING).equals(StandardCharsets.UTF_8);
  }
}
