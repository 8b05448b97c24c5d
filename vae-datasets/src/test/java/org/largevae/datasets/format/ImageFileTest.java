package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.image.DecodingMemory;
import org.largevae.api.image.ImageFile;

class ImageFileTest {
  private static final DecodingMemory MEMORY = new DecodingMemory();

  @Test
  void greyPngKeepsAllItsValues() throws IOException {
    BufferedImage image = new BufferedImage(256, 2, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < 256; x++) {
      image.getRaster().setSample(x, 0, 0, x);
      image.getRaster().setSample(x, 1, 0, 255 - x);
    }
    byte[] pixels = decode(encode(image, "png"), new DataShape(1, 2, 256));
    for (int x = 0; x < 256; x++) {
      assertThat(pixels[x] & 0xff).isEqualTo(x);
      assertThat(pixels[256 + x] & 0xff).isEqualTo(255 - x);
    }
  }

  @Test
  void greyInThreeChannelsRepeatsItself() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 17);
    image.getRaster().setSample(1, 0, 0, 200);
    assertThat(decode(encode(image, "png"), new DataShape(3, 1, 2)))
        .containsExactly(17, 200, 17, 200, 17, 200);
  }

  @Test
  void sixteenBitGreyIsScaled() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 128 * 257, 65535});
    assertThat(decode(encode(image, "png"), new DataShape(1, 1, 3))).containsExactly(0, 128, 255);
  }

  @Test
  void colorIsStoredChannelByChannel() throws IOException {
    byte[] png = encode(colors(), "png");
    assertThat(decode(png, new DataShape(3, 1, 4)))
        .containsExactly(255, 0, 0, 10, 0, 255, 0, 20, 0, 0, 255, 30);
  }

  @Test
  void colorBecomesLuma() throws IOException {
    byte[] png = encode(colors(), "png");
    // Round(0.299 x 255), round(0.587 x 255), round(0.114 x 255), round(2.99 + 11.74 + 3.42).
    assertThat(decode(png, new DataShape(1, 1, 4))).containsExactly(76, 150, 29, 18);
  }

  @Test
  void indexedColorsAreLookedUp() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
    image.setRGB(0, 0, 0xffff0000);
    image.setRGB(1, 0, 0xffffffff);
    assertThat(decode(encode(image, "png"), new DataShape(3, 1, 2)))
        .containsExactly(255, 255, 0, 255, 0, 255);
  }

  @Test
  void transparentPartsShowWhite() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00000000);
    image.setRGB(1, 0, 0x80000000);
    image.setRGB(2, 0, 0xff000000);
    assertThat(decode(encode(image, "png"), new DataShape(1, 1, 3))).containsExactly(255, 127, 0);
  }

  @Test
  void jpegIsDecodedInGreyAndColor() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB}) {
      BufferedImage image = new BufferedImage(32, 16, type);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(Color.WHITE);
      graphics.fillRect(16, 0, 16, 16);
      graphics.dispose();
      byte[] pixels = decode(encode(image, "jpg"), new DataShape(1, 16, 32));
      for (int i = 0; i < pixels.length; i++) {
        assertThat(pixels[i] & 0xff).isBetween(i % 32 < 16 ? 0 : 245, i % 32 < 16 ? 10 : 255);
      }
    }
  }

  @Test
  void reducingAveragesWhatItCovers() throws IOException {
    BufferedImage checks = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64 * 64; i++) {
      checks.getRaster().setSample(i % 64, i / 64, 0, (i % 64 + i / 64) % 2 * 254);
    }
    byte[] pixels = decode(encode(checks, "png"), new DataShape(1, 4, 4));
    for (byte pixel : pixels) {
      assertThat(pixel).isBetween((byte) 126, (byte) 127);
    }
  }

  @Test
  void writesOnlyItsOwnPlace() throws IOException {
    byte[] target = new byte[6];
    Arrays.fill(target, (byte) 9);
    BufferedImage black = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    ImageFile.decode(encode(black, "png"), "a.png", new DataShape(3, 1, 1), target, 2, MEMORY);
    assertThat(target).containsExactly(9, 9, 0, 0, 0, 9);
  }

  @Test
  void somethingElseIsNamed() throws IOException {
    byte[] text = "no image".getBytes(StandardCharsets.US_ASCII);
    assertUndecodable(text, "it is neither PNG nor JPEG");
    assertUndecodable(new byte[0], "it is neither PNG nor JPEG");
    assertUndecodable(encode(colors(), "bmp"), "it is neither PNG nor JPEG");
  }

  @Test
  void truncatedImagesAreRefused() throws IOException {
    BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      noise.setRGB(i % 64, i / 64, i * 0x9E3779B1);
    }
    for (String format : new String[] {"png", "jpg"}) {
      byte[] whole = encode(noise, format);
      for (double part : new double[] {0.1, 0.5, 0.9}) {
        assertUndecodable(Arrays.copyOf(whole, (int) (part * whole.length)), "");
      }
    }
  }

  @Test
  void damagedPngIsRefused() throws IOException {
    byte[] png = encode(colors(), "png");
    // The first byte of the compressed pixels, after signature, header and the chunk's own head.
    png[8 + 25 + 8] ^= 0x55;
    assertUndecodable(png, "");
  }

  @Test
  void imageBombsAreRefusedByTheirDeclaredSize() {
    byte[] bomb = pngHeader(100_000, 100_000);
    assertThatThrownBy(() -> decode(bomb, new DataShape(1, 1, 1)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.png: declares 100000 x 100000 pixels; images of more than 67108864 pixels are not"
                + " decoded");
  }

  @Test
  void moreDeclaredPixelsThanTheBytesCanHoldAreRefused() throws IOException {
    byte[] png = encode(colors(), "png");
    ByteBuffer.wrap(png).putInt(16, 8000).putInt(20, 8000);
    assertThatThrownBy(() -> decode(Png.sealed(png), new DataShape(1, 1, 1)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.png: declares 8000 x 8000 pixels, more than its " + png.length + " bytes can hold");
    byte[] jpeg = encode(colors(), "jpg");
    int header = indexOf(jpeg, (byte) 0xc0);
    ByteBuffer.wrap(jpeg).putShort(header + 4, (short) 8000).putShort(header + 6, (short) 8000);
    assertThatThrownBy(() -> decode(jpeg, new DataShape(1, 1, 1)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.png: declares 8000 x 8000 pixels, more than its " + jpeg.length + " bytes can hold");
  }

  @Test
  void anImageThatTakesMoreMemoryThanThereIsIsRefused() throws IOException {
    byte[] png = encode(new BufferedImage(2000, 2000, BufferedImage.TYPE_BYTE_GRAY), "png");
    byte[] pixels = new byte[16];
    assertThatThrownBy(
            () ->
                ImageFile.decode(
                    png, "a.png", new DataShape(1, 4, 4), pixels, 0, new DecodingMemory(10 << 20)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.png: takes 45 MiB to decode and resize, more than the 10 MiB that there are for"
                + " images; make it smaller, or give Java more memory with -Xmx");
  }

  @Test
  void whatIsPackedIntoTextAndColorProfilesIsNotUnpacked() throws IOException {
    byte[] png = encode(colors(), "png");
    byte[] packed = deflate(200 << 20);
    for (byte[] chunk :
        List.of(
            Png.chunk("zTXt", join("Comment\0\0", packed)),
            Png.chunk("iTXt", join("Comment\0\1\0\0\0", packed)),
            Png.chunk("iCCP", join("Profile\0\0", packed)))) {
      byte[] bomb = Png.withChunk(png, chunk);
      decode(bomb, new DataShape(1, 1, 4));
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThat(decode(bomb, new DataShape(1, 1, 4))).containsExactly(76, 150, 29, 18);
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
    }
  }

  @Test
  void everyChunkMustHaveItsChecksum() throws IOException {
    byte[] png =
        Png.withChunk(encode(colors(), "png"), Png.chunk("tEXt", join("Comment\0", new byte[9])));
    assertThat(Png.chunks(png)).extracting(Png.Chunk::type).contains("tEXt", "IDAT", "IEND");
    for (Png.Chunk chunk : Png.chunks(png)) {
      byte[] damaged = png.clone();
      damaged[chunk.start() + 8 + chunk.length()] ^= 1;
      assertUndecodable(damaged, "the checksum of its chunk " + chunk.type() + " is wrong");
    }
    assertUndecodable(Arrays.copyOf(png, png.length - 12), "it ends before its last chunk");
  }

  private static int indexOf(byte[] jpeg, byte marker) {
    for (int i = 0; i < jpeg.length - 1; i++) {
      if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == marker) {
        return i + 1;
      }
    }
    throw new AssertionError("no such marker");
  }

  private static byte[] join(String head, byte[] tail) {
    byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = Arrays.copyOf(start, start.length + tail.length);
    System.arraycopy(tail, 0, whole, start.length, tail.length);
    return whole;
  }

  private static byte[] deflate(int zeros) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream stream = new DeflaterOutputStream(packed)) {
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < zeros >> 20; i++) {
        stream.write(block);
      }
    }
    return packed.toByteArray();
  }

  private static void assertUndecodable(byte[] content, String reason) {
    assertThatThrownBy(() -> decode(content, new DataShape(1, 2, 2)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.png: cannot be decoded as an image: " + reason)
        .hasMessageNotContaining("null");
  }

  private static byte[] decode(byte[] content, DataShape shape) {
    byte[] pixels = new byte[shape.dimensions()];
    ImageFile.decode(content, "a.png", shape, pixels, 0, MEMORY);
    return pixels;
  }

  private static BufferedImage colors() {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xff0000);
    image.setRGB(1, 0, 0x00ff00);
    image.setRGB(2, 0, 0x0000ff);
    image.setRGB(3, 0, 0x0a141e);
    return image;
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, content)).isTrue();
    return content.toByteArray();
  }

  /** A PNG's signature, its header and the start of its pixels. */
  private static byte[] pngHeader(int width, int height) {
    byte[] header =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(StandardCharsets.US_ASCII))
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    CRC32 checksum = new CRC32();
    checksum.update(header);
    return ByteBuffer.allocate(8 + 4 + 17 + 4 + 8)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
        .putInt(13)
        .put(header)
        .putInt((int) checksum.getValue())
        .putInt(1000)
        .put("IDAT".getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
