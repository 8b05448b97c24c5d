package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.data.DataShape;
import org.largevae.api.image.DecodingMemory;
import org.largevae.api.image.ImageFile;
import org.largevae.testing.corruption.CorruptFiles;
import org.largevae.testing.corruption.SizeField;

class ImageCorruptionTest {
  private static final DecodingMemory MEMORY = new DecodingMemory();
  private static final int WIDTH = 9;
  private static final int HEIGHT = 6;

  /** Three channels of the image's own size, so that every sample can be compared. */
  private static final DataShape SHAPE = new DataShape(3, HEIGHT, WIDTH);

  private final CorruptFiles<byte[]> png =
      CorruptFiles.of("PNG", ImageCorruptionTest::decode, pngFiles())
          .naming("a.png")
          .sizes(ImageCorruptionTest::sizes)
          .sections(png -> Png.chunks(png).stream().map(Png.Chunk::start).toList())
          .words("IDAT", "IEND", "IHDR", "PLTE", "tRNS", "zTXt", "iCCP", "acTL", "gAMA")
          .sealed(Png::sealed)
          .judged(ImageCorruptionTest::judge)
          .allocating(4 << 20);

  /** JPEG has no checksum: pixels may be wrong, but there have to be some. */
  private final CorruptFiles<byte[]> jpeg =
      CorruptFiles.of("JPEG", ImageCorruptionTest::decode, jpegFiles())
          .naming("a.png")
          .sizes(
              jpeg ->
                  markers(jpeg)
                      .flatMap(at -> Stream.of(at + 2, at + 5, at + 7))
                      .map(at -> SizeField.bigEndian(at, 2))
                      .toList())
          .sections(jpeg -> markers(jpeg).toList())
          .words("\377\330", "\377\331", "\377\332", "\377\300", "\377\302", "\377\304", "\377\333")
          .judged((content, pixels) -> assertThat(pixels).hasSize(SHAPE.dimensions()));

  @Test
  void damagedPngGivesItsPixelsOrAnError() {
    png.check();
  }

  @Test
  void damagedJpegGivesPixelsOrAnError() {
    jpeg.check();
  }

  @MethodSource("pngFiles")
  @FuzzTest
  void fuzzPng(byte[] content) {
    png.checkOne(content);
  }

  @MethodSource("jpegFiles")
  @FuzzTest
  void fuzzJpeg(byte[] content) {
    jpeg.checkOne(content);
  }

  static byte[][] pngFiles() {
    return new byte[][] {
      png(BufferedImage.TYPE_BYTE_GRAY, false),
      png(BufferedImage.TYPE_INT_RGB, false),
      png(BufferedImage.TYPE_INT_RGB, true),
      png(BufferedImage.TYPE_INT_ARGB, false),
      png(BufferedImage.TYPE_USHORT_GRAY, false),
      png(BufferedImage.TYPE_BYTE_INDEXED, false),
      png(BufferedImage.TYPE_BYTE_BINARY, true),
      Png.withChunk(
          png(BufferedImage.TYPE_BYTE_GRAY, false),
          Png.chunk("tEXt", "Comment\0of nothing".getBytes(StandardCharsets.US_ASCII)))
    };
  }

  static byte[][] jpegFiles() {
    return new byte[][] {
      jpeg(BufferedImage.TYPE_BYTE_GRAY, false),
      jpeg(BufferedImage.TYPE_INT_RGB, false),
      jpeg(BufferedImage.TYPE_INT_RGB, true)
    };
  }

  private static byte[] decode(byte[] content) {
    byte[] pixels = new byte[SHAPE.dimensions()];
    ImageFile.decode(content, "a.png", SHAPE, pixels, 0, MEMORY);
    return pixels;
  }

  private static void judge(byte[] content, byte[] pixels) {
    List<Png.Chunk> chunks = Png.chunks(content);
    assertThat(chunks).as("a chunk is damaged").allMatch(Png.Chunk::intact);
    assertThat(chunks.get(chunks.size() - 1).type()).isEqualTo("IEND");
    ByteBuffer header = ByteBuffer.wrap(content);
    boolean plain = content[24] == 8 && (content[25] == 0 || content[25] == 2) && content[28] == 0;
    boolean colorKey = chunks.stream().anyMatch(chunk -> chunk.type().equals("tRNS"));
    if (!plain || colorKey) {
      return;
    }
    Optional<byte[]> samples = Png.samples(content);
    assertThat(samples).as("there are fewer pixels than declared").isPresent();
    if (header.getInt(16) != WIDTH || header.getInt(20) != HEIGHT) {
      return;
    }
    int channels = content[25] == 0 ? 1 : 3;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      for (int channel = 0; channel < 3; channel++) {
        byte sample = samples.get()[i * channels + (channels == 1 ? 0 : channel)];
        assertThat(pixels[channel * WIDTH * HEIGHT + i]).isEqualTo(sample);
      }
    }
  }

  private static List<SizeField> sizes(byte[] png) {
    return Stream.concat(
            Png.chunks(png).stream().map(chunk -> SizeField.bigEndian(chunk.start(), 4)),
            Stream.of(SizeField.bigEndian(16, 4), SizeField.bigEndian(20, 4)))
        .toList();
  }

  private static Stream<Integer> markers(byte[] jpeg) {
    return Stream.iterate(0, at -> at + 1)
        .limit(jpeg.length - 1)
        .filter(at -> (jpeg[at] & 0xff) == 0xff && (jpeg[at + 1] & 0xff) > 0xbf);
  }

  static byte[] png(int type, boolean interlaced) {
    return encode(picture(type), "png", interlaced);
  }

  private static byte[] jpeg(int type, boolean progressive) {
    return encode(picture(type), "jpeg", progressive);
  }

  private static BufferedImage picture(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, (i % 3 == 0 ? 0xff000000 : 0x80000000) | i * 0x51E37);
    }
    return image;
  }

  private static byte[] encode(BufferedImage image, String format, boolean progressive) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(content)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (progressive) {
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      writer.dispose();
    }
    return content.toByteArray();
  }
}
