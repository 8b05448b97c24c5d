package org.largevae.datasets.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.InflaterInputStream;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.MessageText;
import org.largevae.api.files.Sha256;

/**
 * MATLAB's file format of level 5, which MATLAB writes with {@code -v6} and {@code -v7} and SciPy
 * by default: a header of 128 bytes, then one element for each variable, packed with zlib or not.
 * Only arrays of real numbers are read; of other variables only the name is.
 *
 * <p>"MAT-File Format", The MathWorks. Implemented here because each declared size has to be
 * compared with what the file has before memory is taken, and a packed variable's checksum
 * verified. The library mfl-core 0.5.15 does neither: of the 8,976 files that one flipped bit makes
 * of a packed one of 1,250 bytes, it ran out of 256 MB of memory on 63 and gave other data without
 * an error on 8. This reader refuses 8,914 and gives the same data for the rest.
 */
public final class Mat5File {
  private static final int HEADER = 128;
  private static final int TAG = 8;
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;
  private static final int VERSION_7_3 = 0x0200;
  private static final String SAVE =
      "save it in MATLAB as save(file, \"X\", \"-v7\"), in Python with scipy.io.savemat";
  private static final int HEADER_4 = 20;
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private final String source;
  private final byte[] content;
  private final ByteOrder order;
  private final List<MatVariable> variables = new ArrayList<>();

  private Mat5File(String source, byte[] content, ByteOrder order) {
    this.source = source;
    this.content = content;
    this.order = order;
  }

  /**
   * Reads the names and sizes of a file's variables.
   *
   * @param path an existing file
   * @return the file
   * @throws DataException if it cannot be read, is no MAT-file of level 5, or damaged
   */
  public static Mat5File read(Path path) {
    try {
      Memory.require(Files.size(path), path.toString());
      if (Files.size(path) > Memory.LARGEST_ARRAY) {
        throw new DataException(path + ": is too large, files of at most 2 GiB can be read");
      }
      return read(Files.readAllBytes(path), path.toString());
    } catch (IOException fault) {
      throw new DataException(path + ": cannot be read: " + FailureText.of(fault), fault);
    }
  }

  /**
   * Reads the names and sizes of the variables.
   *
   * @param content a whole file; not copied
   * @param source its name, for messages
   * @return the file
   * @throws DataException if it is no MAT-file of level 5, or damaged
   */
  public static Mat5File read(byte[] content, String source) {
    if (isHdf5(content)) {
      throw newerFormat(source);
    }
    if (isLevel4(content)) {
      throw new DataException(source + ": is a MAT-file of level 4; " + SAVE);
    }
    if (content.length < HEADER) {
      throw new DataException(
          source + ": is not a MAT-file: it has only " + content.length + " bytes");
    }
    String mark = new String(content, HEADER - 2, 2, StandardCharsets.ISO_8859_1);
    if (!mark.equals("IM") && !mark.equals("MI")) {
      throw new DataException(source + ": is not a MAT-file of level 5; " + SAVE);
    }
    ByteOrder order = mark.equals("IM") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int version = ByteBuffer.wrap(content).order(order).getShort(HEADER - 4);
    if (version == VERSION_7_3) {
      throw newerFormat(source);
    }
    Mat5File file = new Mat5File(source, content, order);
    file.list();
    return file;
  }

  /**
   * Whether a file begins with the five whole numbers of a variable of level 4: its type, of whose
   * decimal digits the last but two is 0, two sizes, whether it is complex, and the length of its
   * name. A file of level 5 begins with text.
   */
  private static boolean isLevel4(byte[] content) {
    if (content.length < HEADER_4) {
      return false;
    }
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      ByteBuffer header = ByteBuffer.wrap(content).order(order);
      int type = header.getInt();
      boolean sized = header.getInt() >= 0 && header.getInt() >= 0;
      int complex = header.getInt();
      int name = header.getInt();
      boolean digits =
          type >= 0 && type < 5000 && type / 100 % 10 == 0 && type / 10 % 10 < 6 && type % 10 < 3;
      if (digits && sized && (complex == 0 || complex == 1) && name > 0 && name < 1 << 16) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHdf5(byte[] content) {
    for (int at : new int[] {0, 512}) {
      int end = at + HDF5.length;
      if (content.length >= end && Arrays.equals(content, at, end, HDF5, 0, HDF5.length)) {
        return true;
      }
    }
    return false;
  }

  private static DataException newerFormat(String source) {
    return new DataException(
        source
            + ": is a MAT-file of level 7.3, which is HDF5 and cannot be read; save it in MATLAB as"
            + " save(file, \"X\", \"-v7\")");
  }

  private void list() {
    ByteBuffer buffer = ByteBuffer.wrap(content).order(order);
    int at = HEADER;
    while (at < content.length) {
      if (content.length - at < TAG) {
        throw damaged("it ends within the tag of a variable");
      }
      int type = buffer.getInt(at);
      long size = Integer.toUnsignedLong(buffer.getInt(at + Integer.BYTES));
      if (type != MATRIX && type != COMPRESSED) {
        throw damaged("at byte " + at + " there is no variable, but an element of type " + type);
      }
      if (size > content.length - at - TAG) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: is truncated: the variable at byte %d declares %d bytes, but %d follow",
                source,
                at,
                size,
                content.length - at - TAG));
      }
      add(type == COMPRESSED, at, (int) size);
      at += TAG + (int) size;
    }
    if (variables.isEmpty()) {
      throw new DataException(source + ": holds no variables");
    }
  }

  private void add(boolean packed, int at, int size) {
    // a variable without content is an empty array without a name
    if (size == 0) {
      return;
    }
    try (MatElements elements = open(packed, at, size)) {
      MatVariable variable = MatVariable.read(elements, packed, at, size);
      // MATLAB keeps the classes of its objects in an array without a name
      if (!variable.name().isEmpty()) {
        if (names().contains(variable.name())) {
          throw damaged("two variables are named " + MessageText.of(variable.name()));
        }
        variables.add(variable);
      }
    } catch (IOException fault) {
      throw damaged("the variable at byte " + at + " cannot be unpacked: " + FailureText.of(fault));
    }
  }

  /** Opens the content of a variable, after the tag of its matrix. */
  private MatElements open(boolean packed, int at, int size) throws IOException {
    InputStream bytes = new ByteArrayInputStream(content, at + TAG, size);
    if (!packed) {
      return new MatElements(bytes, order, size, source);
    }
    MatElements outer =
        new MatElements(new InflaterInputStream(bytes), order, Long.MAX_VALUE, source);
    int type = outer.integer();
    long unpacked = Integer.toUnsignedLong(outer.integer());
    if (type != MATRIX) {
      throw damaged("the variable at byte " + at + " unpacks to an element of type " + type);
    }
    Memory.requirePlausible(size, unpacked, source, "save them in MATLAB with -v6");
    return outer.limited(unpacked);
  }

  /**
   * The fingerprint of the whole file.
   *
   * @return its SHA-256 in hexadecimal
   */
  public String fingerprint() {
    return Sha256.hex(content);
  }

  /**
   * The variables' names.
   *
   * @return at least one, in the file's order
   */
  public List<String> names() {
    return variables.stream().map(MatVariable::name).toList();
  }

  /**
   * Reads a variable.
   *
   * @param name one of {@link #names}
   * @param examplesFirst whether the first axis counts the examples, not the last
   * @return its values; pixels where its class is {@code uint8}
   * @throws DataException if it is no full array of real numbers, is damaged, holds a number that
   *     is not finite, or numbers too close to each other for single precision
   */
  public NumericArray read(String name, boolean examplesFirst) {
    MatVariable chosen =
        variables.stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
    try (MatElements elements = open(chosen.packed(), chosen.at(), chosen.size())) {
      MatVariable.read(elements, chosen.packed(), chosen.at(), chosen.size());
      return chosen.values(elements, source + ": " + MessageText.of(name), examplesFirst);
    } catch (IOException fault) {
      throw damaged(
          "the variable " + MessageText.of(name) + " cannot be unpacked: " + FailureText.of(fault));
    }
  }

  private DataException damaged(String what) {
    return new DataException(source + ": is damaged: " + what);
  }
}
