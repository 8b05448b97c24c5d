package org.largevae.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.largevae.datasets.PublishedFixtures.batch;
import static org.largevae.datasets.PublishedFixtures.batches;
import static org.largevae.datasets.PublishedFixtures.caltech;
import static org.largevae.datasets.PublishedFixtures.covered;
import static org.largevae.datasets.PublishedFixtures.level;
import static org.largevae.datasets.PublishedFixtures.omniglot;
import static org.largevae.datasets.PublishedFixtures.omniglotPictures;
import static org.largevae.datasets.PublishedFixtures.silhouettePictures;
import static org.largevae.datasets.PublishedFixtures.svhn;
import static org.largevae.datasets.PublishedFixtures.svhnFiles;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.NoSettings;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.Labels;
import org.largevae.api.dataset.Values;
import org.largevae.api.files.Sha256;

/** What the published files hold comes out upright, in the right colours and with its labels. */
class PublishedPicturesTest {
  private static final NoSettings NONE = new NoSettings();
  private static final DataShape GREY = new DataShape(1, 28, 28);
  private static final DataShape COLOUR = new DataShape(3, 32, 32);
  private static final String OMNIGLOT_END =
      ", so it is not the published chardata.mat, which holds data of 784 x 3 and testdata of 784"
          + " x 2; replace it by the one at"
          + " https://github.com/yburda/iwae/raw/master/datasets/OMNIGLOT/chardata.mat";

  /** A grey level for each pixel. */
  private interface Expected {
    int at(int picture, int channel, int row, int column);
  }

  private static void assertPictures(
      Dataset dataset, DataShape shape, int size, Expected expected) {
    assertThat(dataset.shape()).isEqualTo(shape);
    assertThat(dataset.size()).isEqualTo(size);
    byte[] pixels = ((Values.Pixels) dataset.values()).bytes();
    int at = 0;
    for (int picture = 0; picture < size; picture++) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        for (int row = 0; row < shape.height(); row++) {
          for (int column = 0; column < shape.width(); column++) {
            assertThat(pixels[at++] & 0xff)
                .as("picture %d, channel %d, row %d, column %d", picture, channel, row, column)
                .isEqualTo(expected.at(picture, channel, row, column));
          }
        }
      }
    }
  }

  private static void assertRefused(ThrowingCallable load, String message) {
    assertThatThrownBy(load).isInstanceOf(DataException.class).hasMessage(message);
  }

  @Test
  void omniglotIsPutUpright() {
    byte[] content = omniglotPictures().content();
    Dataset dataset = new OmniglotProvider(3, 2).load(NONE, omniglot(content));
    assertPictures(dataset, GREY, 5, PublishedFixtures::level);
    assertThat(dataset.labels()).isEmpty();
    assertThat(dataset.fingerprints()).isEqualTo(Map.of("chardata.mat", Sha256.hex(content)));
  }

  @Test
  void omniglotsLabelsAreTheAlphabets() {
    MatWriter file =
        omniglotPictures()
            .doubles("target", PublishedFixtures.alphabets(19, 2, 50), 50, 3)
            .doubles("testtarget", PublishedFixtures.alphabets(2, 19), 50, 2);
    Labels labels =
        new OmniglotProvider(3, 2).load(NONE, omniglot(file.content())).labels().orElseThrow();
    assertThat(labels.names()).containsExactly("2", "19", "50");
    assertThat(labels.indices()).containsExactly(1, 0, 2, 0, 1);
  }

  @Test
  void anotherOmniglotIsRefused() {
    byte[] pictures = omniglotPictures().content();
    assertThatThrownBy(() -> new OmniglotProvider().load(NONE, omniglot(pictures)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "omniglot/chardata.mat: data is 784 x 3, not 784 x 24345, so it is not the published"
                + " chardata.mat, which holds data of 784 x 24345 and testdata of 784 x 8070;");
    OmniglotProvider provider = new OmniglotProvider(3, 2);
    byte[] alone =
        new MatWriter().doubles("data", PublishedFixtures.characters(0, 3), 784, 3).content();
    assertRefused(
        () -> provider.load(NONE, omniglot(alone)),
        "omniglot/chardata.mat: holds data but no testdata" + OMNIGLOT_END);
    MatWriter turned = new MatWriter().doubles("data", new double[3 * 784], 3, 784);
    assertRefused(
        () -> provider.load(NONE, omniglot(turned.content())),
        "omniglot/chardata.mat: data is 3 x 784, not 784 x 3" + OMNIGLOT_END);
    MatWriter two = omniglotPictures().doubles("target", new double[150], 50, 3);
    byte[] noAlphabet =
        two.doubles("testtarget", PublishedFixtures.alphabets(1, 2), 50, 2).content();
    assertRefused(
        () -> provider.load(NONE, omniglot(noAlphabet)),
        "omniglot/chardata.mat: target(:,1) is not one 1 and zeros" + OMNIGLOT_END);
  }

  @Test
  void omniglotOfOtherIntensitiesIsRefused() {
    double[] grey = PublishedFixtures.characters(0, 3);
    grey[784 + 28 + 4] = 1.5;
    byte[] content =
        new MatWriter()
            .doubles("data", grey, 784, 3)
            .doubles("testdata", new double[2 * 784], 784, 2)
            .content();
    assertRefused(
        () -> new OmniglotProvider(3, 2).load(NONE, omniglot(content)),
        "omniglot/chardata.mat: data: data(33,2) is 1.5, expected intensities from 0 to 1");
    byte[] bytes = new MatWriter().bytes("data", new byte[3 * 784], 784, 3).content();
    assertRefused(
        () -> new OmniglotProvider(3, 2).load(NONE, omniglot(bytes)),
        "omniglot/chardata.mat: data: holds unsigned bytes, expected real intensities from 0 to 1");
  }

  @Test
  void silhouettesAreUprightAndWhite() {
    Dataset dataset =
        new CaltechSilhouettesProvider(3, 2, 1).load(NONE, caltech(silhouettePictures().content()));
    assertPictures(
        dataset, GREY, 6, (n, channel, row, column) -> covered(n, row, column) ? 255 : 0);
    assertThat(dataset.labels()).isEmpty();
  }

  @Test
  void silhouettesHaveTheirClasses() {
    MatWriter file =
        silhouettePictures()
            .doubles("train_labels", new double[] {2, 101, 1}, 3, 1)
            .bytes("val_labels", new byte[] {7, 2}, 2, 1)
            .doubles("test_labels", new double[] {101}, 1, 1);
    Labels labels =
        new CaltechSilhouettesProvider(3, 2, 1)
            .load(NONE, caltech(file.content()))
            .labels()
            .orElseThrow();
    assertThat(labels.names()).containsExactly("1", "2", "7", "101");
    assertThat(labels.indices()).containsExactly(1, 3, 0, 2, 1, 3);
  }

  @Test
  void otherSilhouettesAreRefused() {
    String end =
        ", so it is not the published caltech101_silhouettes_28_split1.mat, which holds train_data,"
            + " val_data and test_data of 3, 2 and 1 x 784 zeros and ones; replace it by the one at"
            + " https://people.cs.umass.edu/~marlin/data/caltech101_silhouettes_28_split1.mat";
    CaltechSilhouettesProvider provider = new CaltechSilhouettesProvider(3, 2, 1);
    MatWriter small = new MatWriter().bytes("train_data", new byte[3 * 256], 3, 256);
    assertRefused(
        () -> provider.load(NONE, caltech(small.content())),
        PublishedFixtures.CALTECH + ": train_data is 3 x 256, not 3 x 784" + end);
    byte[] grey = new byte[3 * 784];
    grey[4] = 2;
    MatWriter notBinary = new MatWriter().bytes("train_data", grey, 3, 784);
    assertRefused(
        () -> provider.load(NONE, caltech(notBinary.content())),
        PublishedFixtures.CALTECH + ": train_data(2,2) is 2.0, neither 0 nor 1" + end);
    MatWriter wholeFile = new MatWriter().bytes("X", new byte[8671], 8671, 1);
    assertRefused(
        () -> provider.load(NONE, caltech(wholeFile.content())),
        PublishedFixtures.CALTECH + ": holds X but no train_data" + end);
    assertThatThrownBy(
            () ->
                new CaltechSilhouettesProvider()
                    .load(NONE, caltech(silhouettePictures().content())))
        .hasMessageContaining("train_data is 3 x 784, not 4100 x 784")
        .hasMessageContaining("of 4100, 2264 and 2307 x 784 zeros and ones");
    MatWriter badLabels =
        silhouettePictures()
            .bytes("train_labels", new byte[] {1, 102, 3}, 3, 1)
            .bytes("val_labels", new byte[] {7, 2}, 2, 1)
            .bytes("test_labels", new byte[] {1}, 1, 1);
    assertRefused(
        () -> provider.load(NONE, caltech(badLabels.content())),
        PublishedFixtures.CALTECH
            + ": train_labels(2,1) is 102.0, not a class from 1 to 101"
            + end);
  }

  @Test
  void houseNumbersAreUprightInTheirColours() {
    Dataset dataset = new SvhnProvider(3, 1, 2).load(new SvhnSettings(false), svhnFiles());
    assertPictures(
        dataset, COLOUR, 5, (n, c, row, column) -> level(n < 3 ? n : n + 1, c, row, column));
    assertThat(dataset.labels().orElseThrow().names()).containsExactly("0", "1", "2", "9");
    assertThat(dataset.labels().orElseThrow().indices()).containsExactly(1, 0, 3, 0, 2);
    assertThat(dataset.fingerprints()).containsOnlyKeys("train_32x32.mat", "test_32x32.mat");
  }

  @Test
  void furtherHouseNumbersComeBeforeTheTestPictures() {
    Dataset dataset = new SvhnProvider(3, 1, 2).load(new SvhnSettings(true), svhnFiles());
    assertPictures(dataset, COLOUR, 6, PublishedFixtures::level);
    assertThat(dataset.labels().orElseThrow().indices()).containsExactly(1, 0, 4, 3, 0, 2);
  }

  @Test
  void otherHouseNumbersAreRefused() {
    SvhnSettings settings = new SvhnSettings(false);
    String end =
        ", so it is not the published train_32x32.mat, which holds X of 32 x 32 x 3 x 3 unsigned"
            + " bytes and y of 3 x 1; replace it by the one at"
            + " https://ufldl.stanford.edu/housenumbers/train_32x32.mat";
    SvhnProvider provider = new SvhnProvider(3, 1, 2);
    assertRefused(
        () -> provider.load(settings, training(svhn(0, (byte) 1, (byte) 2))),
        "svhn/train_32x32.mat: X is 32 x 32 x 3 x 2, not 32 x 32 x 3 x 3" + end);
    assertRefused(
        () -> provider.load(settings, training(svhn(0, (byte) 1, (byte) 0, (byte) 2))),
        "svhn/train_32x32.mat: y(2,1) is 0.0, not a class from 1 to 10" + end);
    byte[] doubles = new MatWriter().doubles("X", new double[9216], 32, 32, 3, 3).content();
    assertRefused(
        () -> provider.load(settings, training(doubles)),
        "svhn/train_32x32.mat: X is not of unsigned bytes" + end);
    byte[] formatOne = new byte[600];
    System.arraycopy(
        new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'}, 0, formatOne, 512, 8);
    assertThatThrownBy(() -> provider.load(settings, training(formatOne)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("svhn/train_32x32.mat: is a MAT-file of level 7.3");
  }

  private static GivenFiles training(byte[] content) {
    return new GivenFiles(Map.of("svhn/train_32x32.mat", content));
  }

  @Test
  void patchesTakeTheLevelThatHoldsTheirIntensity() {
    Dataset dataset =
        new HistopathologyProvider(3, 2, 1).load(NONE, PublishedFixtures.histopathology());
    assertPictures(dataset, GREY, 6, PublishedFixtures::level);
  }

  @Test
  void otherPatchesAreRefusedAndMissingOnesExplained() {
    HistopathologyProvider provider = new HistopathologyProvider(3, 2, 1);
    String made =
        "; it is made of histopathology.pkl, which is published in"
            + " https://github.com/jmtomczak/vae_householder_flow/raw/master/datasets/"
            + "histopathologyGray/histopathology.pkl.tar.gz, with the lines of Python in"
            + " docs/published-data.md";
    assertRefused(
        () -> provider.load(NONE, new GivenFiles(Map.of())),
        "histopathology/histopathology-training.npy is not given" + made);
    String name = "histopathology/histopathology-training.npy";
    assertRefused(
        () -> provider.load(NONE, new GivenFiles(Map.of(name, PublishedFixtures.patches(0, 2)))),
        name
            + ": holds an array of [2, 28, 28], not [3, 28, 28] row by row, the patches of that"
            + " part"
            + made);
    byte[] bytes = PublishedFixtures.npy("|u1", "(3, 28, 28)", new byte[3 * 784]);
    assertRefused(
        () -> provider.load(NONE, new GivenFiles(Map.of(name, bytes))),
        name + ": holds unsigned bytes, expected real intensities from 0 to 1");
    byte[] pickle = "(dp0\nS'training'\np1\n".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> provider.load(NONE, new GivenFiles(Map.of(name, pickle))))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(name + ": is not");
  }

  @Test
  void cifarIsTheSameFromTheArchiveAndUnpacked() {
    Map<String, byte[]> beside = new HashMap<>();
    Map<String, byte[]> below = new HashMap<>();
    batches().forEach((name, content) -> beside.put("cifar10/" + name, content));
    batches()
        .forEach((name, content) -> below.put("cifar10/cifar-10-batches-bin/" + name, content));
    Map<String, String> sums = new HashMap<>();
    batches().forEach((name, content) -> sums.put(name, Sha256.hex(content)));
    for (GivenFiles files :
        new GivenFiles[] {
          PublishedFixtures.cifar10(), new GivenFiles(beside), new GivenFiles(below)
        }) {
      Dataset dataset = new Cifar10Provider(2).load(NONE, files);
      assertPictures(dataset, COLOUR, 12, PublishedFixtures::level);
      assertThat(dataset.labels().orElseThrow().names())
          .hasSize(10)
          .startsWith("airplane", "automobile")
          .endsWith("truck");
      assertThat(dataset.labels().orElseThrow().indices())
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1);
      assertThat(dataset.fingerprints()).isEqualTo(sums);
    }
  }

  @Test
  void anotherCifarIsRefused() {
    Cifar10Provider provider = new Cifar10Provider(2);
    String end =
        " expected 2 records of 3,073, a class and 32 x 32 pixels in three channels, of CIFAR-10's"
            + " binary version";
    assertRefused(
        () -> provider.load(NONE, firstBatch(new byte[3074])),
        "data_batch_1.bin: has 3074 bytes,"
            + end
            + "; records of 3,074 bytes are those of"
            + " CIFAR-100");
    assertRefused(
        () -> provider.load(NONE, firstBatch(batch(0, 3))),
        "data_batch_1.bin: has more than 6146 bytes," + end);
    byte[] wrongClass = batch(0, 2);
    wrongClass[3073] = 10;
    assertRefused(
        () -> provider.load(NONE, firstBatch(wrongClass)),
        "data_batch_1.bin: the class of record 1, counted from 0, is 10, expected 0 to 9; it is no"
            + " file of CIFAR-10's binary version");
    assertThatThrownBy(() -> new Cifar10Provider().load(NONE, PublishedFixtures.cifar10()))
        .hasMessageContaining("has 6146 bytes, expected 10,000 records of 3,073,");
  }

  @Test
  void anArchiveWithoutABatchOrDamagedIsRefused() {
    Cifar10Provider provider = new Cifar10Provider(2);
    Map<String, byte[]> five = batches();
    five.remove("test_batch.bin");
    assertRefused(
        () -> provider.load(NONE, archive(PublishedFixtures.archive(five))),
        "cifar-10-binary.tar.gz: holds no cifar-10-batches-bin/test_batch.bin, so it is not the"
            + " binary version of CIFAR-10, which is published at"
            + " https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz");
    byte[] whole = PublishedFixtures.archive(batches());
    for (int length : new int[] {0, 5, 100, whole.length / 2}) {
      assertThatThrownBy(() -> provider.load(NONE, archive(Arrays.copyOf(whole, length))))
          .as("%d bytes", length)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("cifar-10-binary.tar.gz: ");
    }
  }

  @Test
  void aBatchThatIsMissingBesideOthersIsAskedFor() {
    Map<String, byte[]> five = new HashMap<>();
    batches().forEach((name, content) -> five.put("cifar10/" + name, content));
    five.remove("cifar10/data_batch_3.bin");
    assertRefused(
        () -> new Cifar10Provider(2).load(NONE, new GivenFiles(five)),
        "cifar10/data_batch_3.bin is not given");
  }

  private static GivenFiles archive(byte[] content) {
    return new GivenFiles(Map.of(PublishedFixtures.ARCHIVE, content));
  }

  private static GivenFiles firstBatch(byte[] content) {
    Map<String, byte[]> files = new HashMap<>();
    batches().forEach((name, some) -> files.put("cifar10/" + name, some));
    files.put("cifar10/data_batch_1.bin", content);
    return new GivenFiles(files);
  }
}
