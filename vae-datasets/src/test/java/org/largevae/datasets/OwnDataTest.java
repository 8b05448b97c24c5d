package org.largevae.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.Values;

class OwnDataTest {
  private static final byte[] TWO_IMAGES = {
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
  };

  @TempDir Path base;

  @Test
  void imagesComeSortedByNameFromAllFolders() throws IOException {
    png("pictures/b.png", 20);
    png("pictures/a/z.PNG", 10);
    png("pictures/c/d/e.png", 40);
    png("pictures/b2.png", 30);
    png("pictures/.hidden.png", 99);
    Files.writeString(base.resolve("pictures/readme.txt"), "not an image");
    Dataset dataset = images("folder = pictures, width = 2, height = 3");
    assertThat(dataset.name()).isEqualTo("images");
    assertThat(dataset.size()).isEqualTo(4);
    assertThat(dataset.shape()).isEqualTo(new DataShape(1, 3, 2));
    assertThat(pixels(dataset))
        .containsExactly(
            10, 10, 10, 10, 10, 10, 20, 20, 20, 20, 20, 20, 30, 30, 30, 30, 30, 30, 40, 40, 40, 40,
            40, 40);
  }

  @Test
  void imagesHaveMnistsShapeUnlessToldOtherwise() throws IOException {
    png("pictures/a.png", 7);
    assertThat(images("folder = pictures").shape()).isEqualTo(new DataShape(1, 28, 28));
    assertThat(images("folder = pictures, channels = 3, width = 9").shape())
        .isEqualTo(new DataShape(3, 28, 9));
  }

  @Test
  void theFolderMayBeALink() throws IOException {
    png("pictures/a.png", 7);
    Files.createSymbolicLink(base.resolve("link"), base.resolve("pictures"));
    assertThat(images("folder = link").size()).isEqualTo(1);
  }

  @Test
  void linksToImagesAreFollowedAndLinksToFoldersAreNot() throws IOException {
    png("pictures/a.png", 7);
    png("elsewhere/b.png", 8);
    Files.createSymbolicLink(base.resolve("pictures/b.png"), base.resolve("elsewhere/b.png"));
    Files.createSymbolicLink(base.resolve("pictures/below"), base.resolve("elsewhere"));
    Files.createSymbolicLink(base.resolve("pictures/circle"), base.resolve("pictures"));
    Files.createSymbolicLink(base.resolve("pictures/folder.png"), base.resolve("elsewhere"));
    assertThat(pixels(images("folder = pictures, width = 1, height = 1"))).containsExactly(7, 8);
  }

  @Test
  void aLinkThatLeadsNowhereIsAnError() throws IOException {
    png("pictures/a.png", 7);
    Files.createSymbolicLink(base.resolve("pictures/b.png"), base.resolve("gone.png"));
    assertThatThrownBy(() -> images("folder = pictures"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            base.resolve("pictures/b.png")
                + ": is a link that leads nowhere; mend it or remove it");
  }

  @Test
  void theFingerprintIsThatOfSha256sumsList() throws Exception {
    png("pictures/a.png", 7);
    png("pictures/b/c.png", 8);
    String list = "";
    for (String name : new String[] {"a.png", "b/c.png"}) {
      list += sha256(Files.readAllBytes(base.resolve("pictures/" + name))) + "  " + name + "\n";
    }
    assertThat(images("folder = pictures").fingerprints())
        .isEqualTo(Map.of("pictures", sha256(list.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void theFirstBadImageIsNamed() throws IOException {
    for (int i = 100; i < 160; i++) {
      png("pictures/" + i + ".png", i);
    }
    Files.writeString(base.resolve("pictures/117.jpg"), "not an image");
    Files.writeString(base.resolve("pictures/142.png"), "not an image");
    for (int repeat = 0; repeat < 5; repeat++) {
      assertThatThrownBy(() -> images("folder = pictures"))
          .isInstanceOf(DataException.class)
          .hasMessage(
              base.resolve("pictures/117.jpg")
                  + ": cannot be decoded as an image: it is neither PNG nor JPEG (2 of the 61"
                  + " images cannot be read; this is the first)");
    }
  }

  @Test
  void anEmptyFolderIsAnError() throws IOException {
    Files.createDirectories(base.resolve("pictures/below"));
    Files.writeString(base.resolve("pictures/notes.txt"), "no image");
    assertThatThrownBy(() -> images("folder = pictures"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            base.resolve("pictures")
                + ": holds no .png, .jpg or .jpeg files, nor do the folders below it; it has 1"
                + " .txt");
  }

  @Test
  void aMissingFolderIsAnError() {
    assertThatThrownBy(() -> images("folder = nowhere"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            base.resolve("nowhere")
                + ": is not an existing folder; dataset.folder must name the folder of your"
                + " images");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "; dataset.folder: is missing",
        "folder = x, channels = 2; dataset.channels = 2: must be 1 (grey) or 3 (RGB)",
        "folder = x, channels = 4; dataset.channels = 4: must be between 1 and 3",
        "folder = x, width = 0; dataset.width = 0: must be between 1 and 4096",
        "folder = x, height = -3; dataset.height = -3: must be between 1 and 4096",
      })
  void badSettingsAreConfigurationErrors(String section, String message) {
    assertThatThrownBy(() -> images(section == null ? "" : section))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void tooManyPixelsInAllAreRefusedBeforeDecoding() throws IOException {
    for (int i = 0; i < 43; i++) {
      png("pictures/" + i + ".png", i);
    }
    assertThatThrownBy(() -> images("folder = pictures, width = 4096, height = 4096, channels = 3"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            base.resolve("pictures")
                + ": 43 images of 3 x 4096 x 4096 do not fit into memory; choose a smaller width"
                + " and height");
  }

  @Test
  void anIdxFileIsReadPlainAndPacked() throws IOException {
    Files.write(base.resolve("two.idx"), TWO_IMAGES);
    try (OutputStream packed =
        new GZIPOutputStream(Files.newOutputStream(base.resolve("two.idx.gz")))) {
      packed.write(TWO_IMAGES);
    }
    for (String name : new String[] {"two.idx", "two.idx.gz"}) {
      Dataset dataset = TestFiles.load(new IdxProvider(), "file = " + name, base);
      assertThat(dataset.size()).isEqualTo(2);
      assertThat(dataset.shape()).isEqualTo(new DataShape(1, 2, 3));
      assertThat(pixels(dataset)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
      assertThat(dataset.fingerprints()).isEqualTo(Map.of(name, sha256(TWO_IMAGES)));
    }
  }

  @Test
  void badIdxFilesAreNamed() throws IOException {
    Path path = base.resolve("bad.idx");
    Files.write(path, Arrays.copyOf(TWO_IMAGES, TWO_IMAGES.length - 1));
    assertIdxFails("bad.idx", ": is truncated: its header declares 2 x 2 x 3 = 12 values, but");
    Files.write(path, new byte[] {1, 2, 3, 4, 5});
    assertIdxFails("bad.idx", ": is not an IDX file of unsigned bytes: it starts with the magic");
    Files.write(path, new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 9});
    assertIdxFails("bad.idx", ": holds an array of [1]; images need number x height x width");
    assertIdxFails("none.idx", ": is not an existing file; dataset.file must name your IDX file");
    Files.write(base.resolve("bad.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
    assertIdxFails("bad.gz", ": cannot be read: it ends too soon");
    Files.write(base.resolve("bad.gz"), TWO_IMAGES);
    assertIdxFails("bad.gz", ": cannot be read: Not in GZIP format");
  }

  /** Some 900 KiB that unpack to as many MiB of black images, as the header truly says. */
  @Test
  void aGzipBombIsRefusedBeforeItFillsTheMemory() throws IOException {
    long limit = Runtime.getRuntime().maxMemory() / 3;
    int images = (int) (limit >> 20) + 10;
    byte[] header = {0, 0, 8, 3, 0, 0, (byte) (images >> 8), (byte) images, 0, 0, 4, 0, 0, 0, 4, 0};
    ByteArrayOutputStream mebibyte = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(mebibyte)) {
      packed.write(new byte[1 << 20]);
    }
    try (OutputStream bomb = Files.newOutputStream(base.resolve("bomb.idx.gz"))) {
      OutputStream first = new GZIPOutputStream(bomb);
      first.write(header);
      ((GZIPOutputStream) first).finish();
      for (int i = 0; i < images; i++) {
        mebibyte.writeTo(bomb);
      }
    }
    assertIdxFails(
        "bomb.idx.gz",
        String.format(
            Locale.ROOT,
            ": cannot be read: it comes to more than %,d MiB, which this program's memory has no"
                + " room for; if it is no mistake, give Java more with -Xmx",
            limit >> 20));
  }

  private void assertIdxFails(String name, String message) {
    assertThatThrownBy(() -> TestFiles.load(new IdxProvider(), "file = " + name, base))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(base.resolve(name) + message);
  }

  private Dataset images(String section) {
    return TestFiles.load(new ImagesProvider(), section, base);
  }

  private void png(String name, int grey) throws IOException {
    Path path = base.resolve(name);
    Files.createDirectories(path.getParent());
    BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 20; i++) {
      image.getRaster().setSample(i % 5, i / 5, 0, grey);
    }
    assertThat(ImageIO.write(image, "png", path.toFile())).isTrue();
  }

  private static byte[] pixels(Dataset dataset) {
    return ((Values.Pixels) dataset.values()).bytes();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
