package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.image.DecodingMemory;
import org.largevae.api.image.ImageFile;

/** One rule for the colours and the notes of both kinds of file; see docs/own-data.md. */
class ImageColorsTest {
  private static final DecodingMemory MEMORY = new DecodingMemory();
  private static final DataShape RAMP = new DataShape(3, 16, 16);

  /** Linear profiles: applied, they would change 100 to about 168. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void anEmbeddedProfileChangesNothing(String format) throws IOException {
    byte[] grey = encode(ramp(BufferedImage.TYPE_BYTE_GRAY), format);
    byte[] color = encode(ramp(BufferedImage.TYPE_INT_RGB), format);
    assertThat(decode(withProfile(grey, ColorSpace.CS_GRAY), RAMP)).isEqualTo(decode(grey, RAMP));
    assertThat(decode(withProfile(color, ColorSpace.CS_LINEAR_RGB), RAMP))
        .isEqualTo(decode(color, RAMP));
  }

  @Test
  void theSamplesOfAPngWithAProfileAreThoseThatAreStored() throws IOException {
    byte[] png = withProfile(encode(ramp(BufferedImage.TYPE_INT_RGB), "png"), ColorSpace.CS_GRAY);
    byte[] pixels = decode(png, RAMP);
    for (int i = 0; i < 256; i++) {
      assertThat(pixels[i] & 0xff).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theColorsOfPrintingAreRefused(boolean adobe) throws IOException {
    byte[] jpeg = constant(200, 150, 100, 50);
    if (adobe) {
      // Adobe's note: version 100, no flags, transform 2, which is YCCK
      jpeg = withSegment(jpeg, 0xee, join("Adobe", new byte[] {0, 100, 0, 0, 0, 0, 2}));
    }
    byte[] content = jpeg;
    assertThatThrownBy(() -> decode(content, new DataShape(3, 8, 8)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.jpg: is in the colours of printing (a JPEG of four components, CMYK or YCCK), which"
                + " have no single meaning in RGB; convert it, for example with `magick IN.jpg"
                + " -colorspace sRGB OUT.png`");
  }

  /** R = Y + 1.402 (Cr - 128), G = Y - 0.344 (Cb - 128) - 0.714 (Cr - 128), ITU-T T.871. */
  @Test
  void aJpegWithoutANoteHoldsYcbcr() throws IOException {
    byte[] pixels = decode(constant(100, 128, 228), new DataShape(3, 1, 1));
    assertThat(pixels[0] & 0xff).isBetween(239, 241);
    assertThat(pixels[1] & 0xff).isBetween(28, 30);
    assertThat(pixels[2] & 0xff).isBetween(99, 101);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 2, 1 2 3 4 5 6",
    "1, 3, 2, 1 2 3 4 5 6",
    "2, 3, 2, 3 2 1 6 5 4",
    "3, 3, 2, 6 5 4 3 2 1",
    "4, 3, 2, 4 5 6 1 2 3",
    "5, 2, 3, 1 4 2 5 3 6",
    "6, 2, 3, 4 1 5 2 6 3",
    "7, 2, 3, 6 3 5 2 4 1",
    "8, 2, 3, 3 6 2 5 1 4",
    "9, 3, 2, 1 2 3 4 5 6",
  })
  void aPngIsTurnedAsItsCameraWasHeld(int code, int width, int height, String upright)
      throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, 3, 2, 0, new int[] {1, 2, 3, 4, 5, 6});
    byte[] png = Png.withChunk(encode(image, "png"), Png.chunk("eXIf", exif(code)));
    StringBuilder shown = new StringBuilder();
    for (byte pixel : decode(png, new DataShape(1, height, width))) {
      shown.append(shown.isEmpty() ? "" : " ").append(pixel);
    }
    assertThat(shown).hasToString(upright);
  }

  @Test
  void aJpegIsTurnedAsItsCameraWasHeld() throws IOException {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 16 * 16; i++) {
      image.getRaster().setSample(16 + i % 16, i / 16, 0, 255);
    }
    byte[] jpeg = withSegment(encode(image, "jpg"), 0xe1, join("Exif\0\0", exif(6)));
    byte[] pixels = decode(jpeg, new DataShape(1, 2, 1));
    assertThat(pixels[0] & 0xff).isLessThan(3);
    assertThat(pixels[1] & 0xff).isGreaterThan(252);
  }

  /** The value of the orientation is the last that is needed: bytes 20 and 21 of 26. */
  @Test
  void damagedNotesOfACameraChangeNothing() throws IOException {
    byte[] png = encode(ramp(BufferedImage.TYPE_BYTE_GRAY), "png");
    byte[] plain = decode(png, RAMP);
    for (int length = 0; length < 22; length++) {
      byte[] cut = Arrays.copyOf(exif(6), length);
      byte[] pixels = decode(Png.withChunk(png, Png.chunk("eXIf", cut)), RAMP);
      assertThat(Arrays.equals(pixels, plain)).as("cut to %d bytes", length).isTrue();
    }
  }

  @Test
  void sixteenBitColorIsScaled() throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 2, 1, 3, null);
    raster.setPixels(0, 0, 2, 1, new int[] {0, 128 * 257, 65535, 257, 32767, 32769});
    var model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, 1, DataBuffer.TYPE_USHORT);
    byte[] png = encode(new BufferedImage(model, raster, false, null), "png");
    assertThat(png[24]).isEqualTo((byte) 16);
    // 32767 and 32769 of 65535 are 127.498 and 127.506 of 255.
    assertThat(decode(png, new DataShape(3, 1, 2)))
        .containsExactly(0, 1, (byte) 128, 127, (byte) 255, (byte) 128);
  }

  @Test
  void aTransparentColorShowsWhite() throws IOException {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSamples(0, 0, 2, 1, 0, new int[] {7, 8});
    byte[] greyKey = Png.withChunk(encode(grey, "png"), Png.chunk("tRNS", new byte[] {0, 7}));
    assertThat(decode(greyKey, new DataShape(1, 1, 2))).containsExactly((byte) 255, 8);

    BufferedImage color = new BufferedImage(2, 1, BufferedImage.TYPE_3BYTE_BGR);
    color.setRGB(0, 0, 0x010203);
    color.setRGB(1, 0, 0x010204);
    byte[] colorKey =
        Png.withChunk(encode(color, "png"), Png.chunk("tRNS", new byte[] {0, 1, 0, 2, 0, 3}));
    assertThat(decode(colorKey, new DataShape(3, 1, 2)))
        .containsExactly((byte) 255, 1, (byte) 255, 2, (byte) 255, 4);
  }

  /** All 256 levels; in colour the three channels differ. */
  private static BufferedImage ramp(int type) {
    BufferedImage image = new BufferedImage(16, 16, type);
    for (int i = 0; i < 256; i++) {
      int[] levels = {i, 255 - i, i / 2};
      for (int band = 0; band < image.getRaster().getNumBands(); band++) {
        image.getRaster().setSample(i % 16, i / 16, band, levels[band]);
      }
    }
    return image;
  }

  /** A JPEG without any note, whose components are constant. */
  private static byte[] constant(int... levels) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, levels.length, null);
    for (int band = 0; band < levels.length; band++) {
      for (int i = 0; i < 256; i++) {
        raster.setSample(i % 16, i / 16, band, levels[band]);
      }
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(content)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(1);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return content.toByteArray();
  }

  /** One directory with the orientation, little-endian. */
  private static byte[] exif(int code) {
    return ByteBuffer.allocate(8 + 2 + 12 + 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {'I', 'I', 42, 0})
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) code)
        .array();
  }

  private static byte[] withProfile(byte[] content, int space) throws IOException {
    byte[] profile = ICC_Profile.getInstance(space).getData();
    if (content[1] == 'P') {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (DeflaterOutputStream stream = new DeflaterOutputStream(packed)) {
        stream.write(profile);
      }
      return Png.withChunk(content, Png.chunk("iCCP", join("Linear\0\0", packed.toByteArray())));
    }
    return withSegment(content, 0xe2, join("ICC_PROFILE\0\1\1", profile));
  }

  /** Behind the note of JFIF, where there is one. */
  private static byte[] withSegment(byte[] jpeg, int type, byte[] data) {
    int at = (jpeg[3] & 0xff) == 0xe0 ? 2 + 2 + jpeg[5] : 2;
    return ByteBuffer.allocate(jpeg.length + 4 + data.length)
        .put(jpeg, 0, at)
        .put((byte) 0xff)
        .put((byte) type)
        .putShort((short) (2 + data.length))
        .put(data)
        .put(jpeg, at, jpeg.length - at)
        .array();
  }

  private static byte[] join(String head, byte[] tail) {
    byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(start.length + tail.length).put(start).put(tail).array();
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, content)).isTrue();
    return content.toByteArray();
  }

  private static byte[] decode(byte[] content, DataShape shape) {
    byte[] pixels = new byte[shape.dimensions()];
    ImageFile.decode(content, "a.jpg", shape, pixels, 0, MEMORY);
    return pixels;
  }
}
