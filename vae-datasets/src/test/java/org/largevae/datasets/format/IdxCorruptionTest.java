package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.Values;
import org.largevae.datasets.IdxProvider;
import org.largevae.datasets.TestFiles;
import org.largevae.testing.corruption.CorruptFiles;
import org.largevae.testing.corruption.SizeField;

class IdxCorruptionTest {
  private static final byte[] IMAGES = idx(5, 7, 3);
  private static final byte[] LABELS = idx(11);

  @TempDir Path folder;

  private final CorruptFiles<IdxArray> idx =
      CorruptFiles.of("IDX", content -> IdxArray.read(content, "a.idx"), idxFiles())
          .naming("a.idx")
          .sizes(IdxCorruptionTest::sizes)
          .sections(IdxCorruptionTest::sections)
          .judged(IdxCorruptionTest::judge)
          .allocating(1 << 20);

  private final CorruptFiles<Dataset> packed =
      CorruptFiles.of("IDX, gzip", this::load, packedFiles())
          .naming("a.idx.gz")
          .sizes(content -> List.of(SizeField.littleEndian(content.length - 4, 4)))
          .sections(content -> List.of(0, 10, content.length - 8))
          .judged(
              (content, dataset) -> {
                assertThat(dataset.shape().height()).isEqualTo(7);
                assertThat(dataset.shape().width()).isEqualTo(3);
                assertThat(((Values.Pixels) dataset.values()).bytes())
                    .isEqualTo(Arrays.copyOfRange(IMAGES, 16, IMAGES.length));
              })
          .allocating(2 << 20);

  /** The gzip file is whole, what it holds is not. */
  private final CorruptFiles<Dataset> unpacked =
      CorruptFiles.of("IDX in gzip", content -> load(gzip(content)), IMAGES)
          .naming("a.idx.gz")
          .sizes(IdxCorruptionTest::sizes)
          .sections(IdxCorruptionTest::sections)
          .judged(
              (content, dataset) -> {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                assertThat(buffer.getInt()).isEqualTo(0x0803);
                assertThat(buffer.getInt()).isEqualTo(dataset.size());
                assertThat(buffer.getInt()).isEqualTo(dataset.shape().height());
                assertThat(buffer.getInt()).isEqualTo(dataset.shape().width());
                assertThat(((Values.Pixels) dataset.values()).bytes())
                    .isEqualTo(Arrays.copyOfRange(content, 16, content.length));
              })
          .allocating(2 << 20);

  @Test
  void damagedIdxGivesItsDataOrAnError() {
    idx.check();
  }

  @Test
  void damagedGzipGivesWhatWasPackedOrAnError() {
    packed.check();
  }

  @Test
  void damagedIdxInWholeGzipGivesItsDataOrAnError() {
    unpacked.check();
  }

  @MethodSource("idxFiles")
  @FuzzTest
  void fuzzIdx(byte[] content) {
    idx.checkOne(content);
  }

  @MethodSource("packedFiles")
  @FuzzTest
  void fuzzGzip(byte[] content) {
    packed.checkOne(content);
  }

  @MethodSource("idxFiles")
  @FuzzTest
  void fuzzIdxInGzip(byte[] content) {
    unpacked.checkOne(content);
  }

  static byte[][] idxFiles() {
    return new byte[][] {IMAGES, LABELS};
  }

  static byte[][] packedFiles() {
    return new byte[][] {gzip(IMAGES)};
  }

  private Dataset load(byte[] packed) throws IOException {
    Files.write(folder.resolve("a.idx.gz"), packed);
    return TestFiles.load(new IdxProvider(), "file = a.idx.gz", folder);
  }

  private static void judge(byte[] content, IdxArray array) {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    int magic = buffer.getInt();
    assertThat(magic >>> 8).isEqualTo(8);
    int[] sizes = IntStream.range(0, magic & 0xff).map(i -> buffer.getInt()).toArray();
    assertThat(array.dimensions()).isEqualTo(Arrays.stream(sizes).boxed().toList());
    assertThat(array.values()).hasSize(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
    assertThat(array.values())
        .isEqualTo(Arrays.copyOfRange(content, buffer.position(), content.length));
  }

  private static List<SizeField> sizes(byte[] idx) {
    return IntStream.rangeClosed(1, idx[3]).mapToObj(i -> SizeField.bigEndian(4 * i, 4)).toList();
  }

  private static List<Integer> sections(byte[] idx) {
    return IntStream.rangeClosed(0, idx[3] + 1).mapToObj(i -> 4 * i).toList();
  }

  static byte[] idx(int... sizes) {
    int count = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * sizes.length + count);
    buffer.putInt(0x0800 | sizes.length);
    Arrays.stream(sizes).forEach(buffer::putInt);
    for (int i = 0; i < count; i++) {
      buffer.put((byte) (i * 37));
    }
    return buffer.array();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }
}
