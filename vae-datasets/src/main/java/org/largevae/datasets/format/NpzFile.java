package org.largevae.datasets.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.MessageText;

/**
 * NumPy's archive of arrays, {@code .npz}: a zip file with one {@code .npy} file for each. Nothing
 * is written anywhere, so that an entry's name is only a name. What unpacks to far more than data
 * do is refused, and each array's checksum is verified.
 */
public final class NpzFile implements AutoCloseable {
  private static final String ENDING = ".npy";
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

  private NpzFile(Path path, ZipFile zip) {
    this.path = path;
    this.zip = zip;
  }

  /**
   * Opens an archive.
   *
   * @param path an existing file
   * @return the archive, to be closed
   * @throws DataException if it is no zip file, holds no arrays, or two of one name
   */
  public static NpzFile open(Path path) {
    NpzFile archive;
    try {
      archive = new NpzFile(path, new ZipFile(path.toFile()));
    } catch (IOException | RuntimeException fault) {
      // a damaged directory of names gives unchecked exceptions too
      throw new DataException(path + ": cannot be read as .npz: " + reason(fault), fault);
    }
    try {
      archive.list();
      return archive;
    } catch (RuntimeException fault) {
      archive.close();
      throw fault instanceof DataException
          ? fault
          : new DataException(path + ": cannot be read as .npz: " + reason(fault), fault);
    }
  }

  private void list() {
    zip.stream()
        .filter(entry -> entry.getName().endsWith(ENDING))
        .forEach(
            entry -> {
              String file = entry.getName();
              String name = file.substring(0, file.length() - ENDING.length());
              if (entries.put(name, entry) != null) {
                throw new DataException(path + ": holds two arrays named " + MessageText.of(name));
              }
            });
    if (entries.isEmpty()) {
      throw new DataException(path + ": holds no arrays, no entry ends in .npy");
    }
  }

  /**
   * The names of the arrays.
   *
   * @return at least one, in the archive's order
   */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /**
   * Reads an array.
   *
   * @param name one of {@link #names}
   * @param examplesFirst whether the first axis counts the examples, not the last
   * @return the array
   * @throws DataException as {@link NpyFile#read}, and if it is damaged or unpacks to far too much
   */
  public NumericArray read(String name, boolean examplesFirst) {
    ZipEntry entry = entries.get(name);
    String source = path + ": array " + MessageText.of(name);
    try {
      if (entry.getCompressedSize() > Files.size(path)) {
        throw new DataException(source + ": is truncated, it is packed in more than the file has");
      }
      Memory.requirePlausible(
          entry.getCompressedSize(), entry.getSize(), source, "save them with np.savez");
      CRC32 sum = new CRC32();
      try (InputStream unpacked =
          new CheckedInputStream(new BufferedInputStream(zip.getInputStream(entry), BUFFER), sum)) {
        NumericArray array = NpyFile.read(unpacked, entry.getSize(), source, examplesFirst);
        if (sum.getValue() != entry.getCrc()) {
          throw new DataException(source + ": is damaged, its checksum does not fit");
        }
        return array;
      }
    } catch (IOException fault) {
      throw new DataException(source + ": cannot be unpacked: " + reason(fault), fault);
    }
  }

  private static String reason(Exception fault) {
    return fault instanceof IOException io
        ? FailureText.of(io)
        : FailureText.shown(fault.getMessage(), "it is damaged");
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException fault) {
      throw new DataException(path + ": cannot be closed: " + FailureText.of(fault), fault);
    }
  }
}
