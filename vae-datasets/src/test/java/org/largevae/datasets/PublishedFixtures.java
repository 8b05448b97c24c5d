package org.largevae.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Small files laid out as the published ones are. Every pixel of every picture has a value that
 * tells its picture, channel, row and column, so that nothing can be turned or swapped unseen.
 */
final class PublishedFixtures {
  static final String OMNIGLOT = "omniglot/chardata.mat";
  static final String CALTECH = "caltech101-silhouettes/caltech101_silhouettes_28_split1.mat";
  static final String ARCHIVE = "cifar10/cifar-10-binary.tar.gz";

  private PublishedFixtures() {}

  /** A grey level, another for each neighbour in each direction. */
  static int level(int picture, int channel, int row, int column) {
    return (picture * 101 + channel * 67 + row * 29 + column * 3) % 256;
  }

  /** Whether the object of a picture covers a pixel: a wedge from the lower left. */
  static boolean covered(int picture, int row, int column) {
    return 2 * column <= row + picture;
  }

  /** Intensities of 28 x 28, the rows of a picture fastest: chardata.mat's data. */
  static double[] characters(int first, int count) {
    double[] values = new double[784 * count];
    for (int n = 0; n < count; n++) {
      for (int row = 0; row < 28; row++) {
        for (int column = 0; column < 28; column++) {
          values[n * 784 + column * 28 + row] = level(first + n, 0, row, column) / 255.0;
        }
      }
    }
    return values;
  }

  /** A column for each picture, with a one in the row of its alphabet. */
  static double[] alphabets(int... alphabets) {
    double[] values = new double[50 * alphabets.length];
    for (int n = 0; n < alphabets.length; n++) {
      values[n * 50 + alphabets[n] - 1] = 1;
    }
    return values;
  }

  static GivenFiles omniglot(byte[] content) {
    return new GivenFiles(Map.of(OMNIGLOT, content));
  }

  /** Three training and two test pictures. */
  static MatWriter omniglotPictures() {
    return new MatWriter()
        .doubles("data", characters(0, 3), 784, 3)
        .doubles("testdata", characters(3, 2), 784, 2);
  }

  /** A matrix with a row for each picture, whose values are the picture's columns; 0 is covered. */
  static byte[] silhouettes(int first, int count) {
    byte[] values = new byte[count * 784];
    for (int n = 0; n < count; n++) {
      for (int row = 0; row < 28; row++) {
        for (int column = 0; column < 28; column++) {
          int value = column * 28 + row;
          values[value * count + n] = (byte) (covered(first + n, row, column) ? 0 : 1);
        }
      }
    }
    return values;
  }

  static GivenFiles caltech(byte[] content) {
    return new GivenFiles(Map.of(CALTECH, content));
  }

  /** Three, two and one pictures. */
  static MatWriter silhouettePictures() {
    return new MatWriter()
        .bytes("train_data", silhouettes(0, 3), 3, 784)
        .packedBytes("val_data", silhouettes(3, 2), 2, 784)
        .bytes("test_data", silhouettes(5, 1), 1, 784);
  }

  /** Records of CIFAR-10: a class and the rows of each channel. */
  static byte[] batch(int first, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count * 3073);
    for (int n = first; n < first + count; n++) {
      bytes.put((byte) (n % 10));
      for (int channel = 0; channel < 3; channel++) {
        for (int row = 0; row < 32; row++) {
          for (int column = 0; column < 32; column++) {
            bytes.put((byte) level(n, channel, row, column));
          }
        }
      }
    }
    return bytes.array();
  }

  /** Six files of two records. */
  static Map<String, byte[]> batches() {
    Map<String, byte[]> batches = new LinkedHashMap<>();
    for (int i = 0; i < 5; i++) {
      batches.put(String.format(Locale.ROOT, "data_batch_%d.bin", i + 1), batch(2 * i, 2));
    }
    batches.put("test_batch.bin", batch(10, 2));
    return batches;
  }

  /** An archive with the files in a folder of the published name, backwards. */
  static byte[] archive(Map<String, byte[]> files) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(packed))) {
      for (String name : files.keySet().stream().sorted((a, b) -> b.compareTo(a)).toList()) {
        TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + name);
        entry.setSize(files.get(name).length);
        tar.putArchiveEntry(entry);
        tar.write(files.get(name));
        tar.closeArchiveEntry();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  static GivenFiles cifar10() {
    return new GivenFiles(Map.of(ARCHIVE, archive(batches())));
  }

  /** X of SVHN: row, column, channel, picture, the first fastest. */
  static byte[] houseNumbers(int first, int count) {
    byte[] values = new byte[count * 3072];
    for (int n = 0; n < count; n++) {
      for (int channel = 0; channel < 3; channel++) {
        for (int row = 0; row < 32; row++) {
          for (int column = 0; column < 32; column++) {
            values[((n * 3 + channel) * 32 + column) * 32 + row] =
                (byte) level(first + n, channel, row, column);
          }
        }
      }
    }
    return values;
  }

  static byte[] svhn(int first, byte... digits) {
    return new MatWriter()
        .packedBytes("X", houseNumbers(first, digits.length), 32, 32, 3, digits.length)
        .bytes("y", digits, digits.length, 1)
        .content();
  }

  /** Three training, one further and two test pictures. */
  static GivenFiles svhnFiles() {
    return new GivenFiles(
        Map.of(
            "svhn/train_32x32.mat",
            svhn(0, (byte) 1, (byte) 10, (byte) 9),
            "svhn/extra_32x32.mat",
            svhn(3, (byte) 4),
            "svhn/test_32x32.mat",
            svhn(4, (byte) 10, (byte) 2)));
  }

  /** An array of patches in NumPy's format, of values between the levels. */
  static byte[] patches(int first, int count) {
    ByteBuffer values = ByteBuffer.allocate(count * 784 * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int n = first; n < first + count; n++) {
      for (int row = 0; row < 28; row++) {
        for (int column = 0; column < 28; column++) {
          values.putFloat((level(n, 0, row, column) + 0.75f) / 256);
        }
      }
    }
    return npy("<f4", "(" + count + ", 28, 28)", values.array());
  }

  static byte[] npy(String type, String sizes, byte[] values) {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + sizes + ", }\n";
    return ByteBuffer.allocate(10 + header.length() + values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) header.length())
        .put(header.getBytes(StandardCharsets.ISO_8859_1))
        .put(values)
        .array();
  }

  /** Three, two and one patches. */
  static GivenFiles histopathology() {
    return new GivenFiles(
        Map.of(
            "histopathology/histopathology-training.npy",
            patches(0, 3),
            "histopathology/histopathology-validation.npy",
            patches(3, 2),
            "histopathology/histopathology-test.npy",
            patches(5, 1)));
  }
}
