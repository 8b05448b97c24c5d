package org.largevae.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.Labels;
import org.largevae.api.files.Sha256;
import org.largevae.datasets.format.ImageFolder;

class ImageLabelsTest {
  @TempDir Path base;

  @Test
  void theFoldersDirectlyBelowAreTheClasses() throws IOException {
    pictures("dogs/b.png", "cats/old/z.png", "dogs/a.png", "cats/a.png");
    for (String section : new String[] {"", ", labels = auto", ", labels = folders"}) {
      Labels labels = load(section).labels().orElseThrow();
      assertThat(labels.names()).containsExactly("cats", "dogs");
      assertThat(labels.indices()).containsExactly(0, 0, 1, 1);
    }
    assertThat(load(", labels = none").labels()).isEmpty();
  }

  @Test
  void imagesBesideTheFoldersHaveNoClasses() throws IOException {
    pictures("dogs/b.png", "cats/z.png", "a.png");
    assertThat(load("").labels()).isEmpty();
    assertThatThrownBy(() -> load(", labels = folders"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "dataset.labels = \"folders\": takes the classes from the folders below "
                + base.resolve("pictures")
                + ", but a.png lies in none of them");
  }

  @Test
  void oneFolderIsNoClassUnlessItIsAskedFor() throws IOException {
    pictures("dogs/a.png", "dogs/b.png");
    assertThat(load("").labels()).isEmpty();
    assertThat(load(", labels = folders").labels().orElseThrow().names()).containsExactly("dogs");
  }

  @Test
  void aTableGivesTheClasses() throws IOException {
    pictures("b.png", "below/a.png", "c.png");
    byte[] table =
        "\ufeffage,label,file\n3,10,c.png\n4,9,b.png\n,\"10\",below/a.png\n5,8,gone.png\n"
            .getBytes(StandardCharsets.UTF_8);
    Files.write(base.resolve("classes.csv"), table);
    Dataset dataset = load(", labels = classes.csv");
    Labels labels = dataset.labels().orElseThrow();
    assertThat(labels.names()).containsExactly("9", "10");
    assertThat(labels.indices()).containsExactly(0, 1, 1);
    assertThat(dataset.fingerprints())
        .containsEntry("classes.csv", Sha256.hex(table))
        .containsKey("pictures")
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name,label\\na.png,cat|: must have the columns file and label, named in its first line, but"
            + " has name, label",
        "file;label\\na.png;cat|: must have the columns file and label, named in its first line, but"
            + " has file;label",
        "file,label\\na.png,|: line 2 has no label",
        "file,label\\na.png,cat\\na.png,dog|: line 3 lists a.png a second time; a file has one"
            + " label",
        "file,label\\na.png,cat|: has no label for b.png; its column file must hold the paths"
            + " within",
        "file,label\\nx.png,cat|: has no label for a.png and 1 other images; its column file",
        "file,label\\na.png,\"cat|: cannot be read at or after line 1: ",
      })
  void aBadTableIsNamed(String table, String message) throws IOException {
    pictures("a.png", "b.png");
    Path file = base.resolve("classes.csv");
    Files.writeString(file, table.replace("\\n", "\n"));
    assertThatThrownBy(() -> load(", labels = classes.csv"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + message);
  }

  @Test
  void aMissingTableIsNamed() throws IOException {
    pictures("a.png");
    assertThatThrownBy(() -> load(", labels = folder"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            base.resolve("folder")
                + ": is not an existing file; dataset.labels must name your CSV file, or be auto,"
                + " none or folders");
  }

  @Test
  void whatIsNotReadIsCounted() throws IOException {
    pictures("a.png", "below/b.png");
    for (String name :
        List.of("c.tif", "below/d.TIF", "e.txt", ".hidden.bmp", "Makefile", "f.csv")) {
      Files.writeString(base.resolve("pictures").resolve(name), "");
    }
    Path folder = base.resolve("pictures");
    assertThat(ImageFolder.open(folder, List.of(folder.resolve("f.csv"))).leftOut())
        .contains(
            folder
                + ": 2 pictures read; left out: 2 .tif, 1 .txt, 1 other; only PNG and JPEG are read,"
                + " so convert other pictures, for example with `magick mogrify -format png *.tif`");
  }

  @Test
  void aFolderOfPicturesAloneLeavesNothingOut() throws IOException {
    pictures("a.png", "below/b.png");
    assertThat(ImageFolder.open(base.resolve("pictures"), List.of()).leftOut()).isEmpty();
  }

  @Test
  void endingsWithoutPicturesNeedNoAdvice() throws IOException {
    pictures("a.png");
    for (int i = 0; i < 12; i++) {
      Files.writeString(base.resolve("pictures").resolve("notes.t" + i), "");
    }
    assertThat(ImageFolder.open(base.resolve("pictures"), List.of()).leftOut().orElseThrow())
        .startsWith(base.resolve("pictures") + ": 1 picture read; left out: 1 .t0, 1 .t1, ")
        .endsWith(", 4 more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"labels.idx", "labels.idx.gz"})
  void idxImagesMayHaveLabels(String name) throws IOException {
    Files.write(
        base.resolve("two.idx"),
        new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4});
    TestFiles.writeMaybePacked(
        base.resolve(name), new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 9, (byte) 200});
    Dataset dataset = TestFiles.load(new IdxProvider(), "file = two.idx, labels = " + name, base);
    assertThat(dataset.labels().orElseThrow().names()).containsExactly("9", "200");
    assertThat(dataset.labels().orElseThrow().indices()).containsExactly(0, 1);
    assertThat(dataset.fingerprints()).containsOnlyKeys("two.idx", name);
    assertThat(TestFiles.load(new IdxProvider(), "file = two.idx", base).labels()).isEmpty();
  }

  @Test
  void labelsForOtherImagesAreRefused() throws IOException {
    Files.write(
        base.resolve("two.idx"),
        new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4});
    Files.write(base.resolve("labels.idx"), new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 9});
    assertThatThrownBy(
            () -> TestFiles.load(new IdxProvider(), "file = two.idx, labels = labels.idx", base))
        .isInstanceOf(DataException.class)
        .hasMessage(
            base.resolve("labels.idx")
                + ": holds an array of [1]; labels need one number for each of the 2 images");
  }

  private Dataset load(String section) {
    return TestFiles.load(
        new ImagesProvider(), "folder = pictures, width = 1, height = 1" + section, base);
  }

  private void pictures(String... names) throws IOException {
    for (String name : names) {
      Path path = base.resolve("pictures").resolve(name);
      Files.createDirectories(path.getParent());
      BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
      assertThat(ImageIO.write(image, "png", path.toFile())).isTrue();
    }
  }
}
