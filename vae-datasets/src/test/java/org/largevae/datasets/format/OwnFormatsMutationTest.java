package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.data.DataException;
import org.largevae.api.data.Values;

/**
 * Damaged files give what they still say, or an error of one line that names them; never another
 * exception, and never more memory than in proportion to the file.
 */
class OwnFormatsMutationTest {
  private static final int MUTATIONS = 3000;
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** Buffers, a zip file's directory and the like; a declared size would take hundreds of MiB. */
  private static final long MOST_MEMORY = 24L << 20;

  @TempDir Path folder;

  /** Reads a file's arrays. */
  @FunctionalInterface
  private interface Reader {
    List<NumericArray> read(byte[] content) throws IOException;
  }

  @Test
  void npy() {
    byte[] array = OwnFiles.npy(OwnFiles.header("<f4", "(5, 8)"), new byte[160]);
    byte[] bytes = OwnFiles.npy(OwnFiles.header("|u1", "(3, 7, 2)"), new byte[42]);
    survives(
        content ->
            List.of(NpyFile.read(new ByteArrayInputStream(content), content.length, "x.npy")),
        array,
        bytes);
  }

  @Test
  void npz() {
    Path file = folder.resolve("x.npz");
    survives(
        content -> {
          Files.write(file, content);
          try (NpzFile archive = NpzFile.open(file)) {
            return archive.names().stream().map(archive::read).toList();
          }
        },
        OwnFiles.bytes("packed.npz"),
        OwnFiles.bytes("extremes.npz"));
  }

  @Test
  void mat() {
    survives(
        content -> {
          Mat5File file = Mat5File.read(content, "x.mat");
          List<NumericArray> arrays = new ArrayList<>();
          for (String name : file.names()) {
            arrays.add(file.read(name));
          }
          return arrays;
        },
        OwnFiles.bytes("types.mat"),
        OwnFiles.bytes("types-packed.mat"),
        OwnFiles.bytes("columns.mat"),
        OwnFiles.bytes("big-endian.mat"),
        OwnFiles.bytes("others.mat"));
  }

  @Test
  void csv() {
    survives(
        content ->
            List.of(
                CsvTable.read(
                    new ByteArrayInputStream(content),
                    "x.csv",
                    ',',
                    CsvTable.Header.AUTO,
                    List.of())),
        OwnFiles.bytes("table.csv"),
        "\"a, b\",c\r\n1,\"2\"\r\n\r\n3,4e2\r\n".getBytes(StandardCharsets.UTF_8));
  }

  private static void survives(Reader reader, byte[]... originals) {
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] content = Mutations.of(originals[i % originals.length], i);
      refused += survives(reader, content, i) ? 0 : 1;
    }
    // a reader that refuses all, or none, tests nothing
    assertThat(refused).isBetween(MUTATIONS / 10, MUTATIONS - MUTATIONS / 50);
  }

  private static boolean survives(Reader reader, byte[] content, int seed) {
    long before = allocated();
    boolean read;
    try {
      List<NumericArray> arrays =
          assertTimeout(LONGEST, () -> reader.read(content), () -> "mutation " + seed);
      arrays.forEach(array -> checkFinite(array, seed));
      read = true;
    } catch (DataException refusal) {
      assertThat(refusal.getMessage()).as("mutation %d", seed).contains("x.").doesNotContain("\n");
      read = false;
    } catch (RuntimeException other) {
      return fail("mutation " + seed, other);
    }
    assertThat(allocated() - before).as("mutation %d", seed).isLessThan(MOST_MEMORY);
    return read;
  }

  private static void checkFinite(NumericArray array, int seed) {
    if (array.values() instanceof Values.Reals reals) {
      for (float value : reals.floats()) {
        assertThat(Float.isFinite(value)).as("mutation %d", seed).isTrue();
      }
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Test
  void mutationsDamage() {
    byte[] content = OwnFiles.bytes("types.mat");
    long changed =
        Stream.iterate(0L, seed -> seed + 1)
            .limit(200)
            .filter(seed -> !Arrays.equals(Mutations.of(content, seed), content))
            .count();
    assertThat(changed).isGreaterThan(180);
  }
}
