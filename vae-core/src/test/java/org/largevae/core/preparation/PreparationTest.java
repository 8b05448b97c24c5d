package org.largevae.core.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.largevae.core.preparation.Prepared.concatenate;
import static org.largevae.core.preparation.Prepared.drawn;
import static org.largevae.core.preparation.Prepared.numbered;
import static org.largevae.core.preparation.Prepared.pixels;
import static org.largevae.core.preparation.Prepared.preparation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.Labels;
import org.largevae.api.dataset.Values;
import org.slf4j.LoggerFactory;

class PreparationTest {
  /** By another program, see src/test/python: results must not depend on the Java version. */
  @Test
  void whatIsDrawnIsTheDocumentedGenerators() throws IOException {
    List<float[]> drawn = drawn();
    assertThat(concatenate(preparation("").prepare(numbered(20)))).isEqualTo(drawn.get(0));
    float[] binary = all("binarization = static, split-order = given");
    assertThat(Arrays.copyOf(binary, 256)).isEqualTo(drawn.get(1));
    assertThat(Arrays.copyOfRange(binary, 256, 512)).isEqualTo(drawn.get(2));
  }

  @Test
  void pixelsWithoutBinarizationStandInTheMiddleOfTheirCells() {
    PreparedDataset prepared = preparation("split-order = given").prepare(pixels(16));
    assertThat(prepared.data().singleKind()).contains(ValueKinds.GREY_LEVEL);
    assertThat(prepared.resampled()).isFalse();
    float[] all = concatenate(prepared);
    for (int i = 0; i < all.length; i++) {
      assertThat(all[i]).isEqualTo((i % 256 + 0.5f) / 256);
    }
    assertThat(prepared.name()).isEqualTo("pixels");
    assertThat(prepared.data().shape()).isEqualTo(new DataShape(1, 16, 16));
    assertThat(prepared.training().dimensions()).isEqualTo(256);
    assertThat(prepared.fingerprints()).isEqualTo(Map.of("file", "hash"));
  }

  @Test
  void labelsFollowTheirExamples() {
    Dataset plain = numbered(50);
    int[] classes = IntStream.range(0, 50).map(i -> i % 3).toArray();
    Labels labels = new Labels(List.of("a", "b", "c"), classes);
    PreparedDataset prepared =
        preparation("")
            .prepare(
                new Dataset(
                    plain.name(),
                    plain.shape(),
                    plain.size(),
                    plain.values(),
                    plain.fingerprints(),
                    Optional.of(labels)));

    assertThat(prepared.classes()).containsExactly("a", "b", "c");
    for (Examples part : List.of(prepared.training(), prepared.validation(), prepared.test())) {
      for (int i = 0; i < part.size(); i++) {
        assertThat(part.labels().orElseThrow()[i]).isEqualTo(part.values()[i] % 3);
      }
    }
    assertThat(preparation("").prepare(plain).classes()).isEmpty();
    assertThat(preparation("").prepare(plain).test().labels()).isEmpty();
  }

  @Test
  void staticBinarizationDrawsEachPixelWithItsIntensity() {
    int size = 20_000;
    PreparedDataset prepared =
        preparation("binarization = static, split-order = given").prepare(pixels(size));
    assertThat(prepared.data().singleKind()).contains(ValueKinds.BINARY);
    assertThat(prepared.resampled()).isFalse();
    int[] ones = new int[256];
    float[] all = concatenate(prepared);
    for (int i = 0; i < all.length; i++) {
      assertThat(all[i] == 0 || all[i] == 1).isTrue();
      ones[i % 256] += (int) all[i];
    }
    assertThat(ones[0]).isZero();
    assertThat(ones[255]).isEqualTo(size);
    for (int p = 1; p < 255; p++) {
      double probability = p / 255.0;
      double standardError = Math.sqrt(probability * (1 - probability) / size);
      assertThat((double) ones[p] / size).isCloseTo(probability, within(5 * standardError));
    }
  }

  @Test
  void neighbouringPixelsAndExamplesAreDrawnIndependently() {
    int size = 2000;
    byte[] half = new byte[size * 100];
    Arrays.fill(half, (byte) 128);
    Dataset dataset =
        new Dataset("half", new DataShape(1, 10, 10), size, new Values.Pixels(half), Map.of());
    float[] all =
        concatenate(preparation("binarization = static, split-order = given").prepare(dataset));
    double standardError = 1 / Math.sqrt(all.length);
    for (int lag : new int[] {1, 10, 100, 200}) {
      double correlation =
          IntStream.range(0, all.length - lag)
                  .mapToDouble(i -> (2 * all[i] - 1) * (2 * all[i + lag] - 1))
                  .sum()
              / all.length;
      assertThat(correlation).isCloseTo(0, within(5 * standardError));
    }
  }

  @Test
  void binarizationIsAFunctionOfItsOwnSeedAndNotOfTheSplit() {
    float[] once = all("binarization = static, split-order = given");
    assertThat(all("binarization = static, split-order = given, split-seed = 9")).isEqualTo(once);
    assertThat(all("binarization = static, split-order = given, binarization-seed = 2"))
        .isNotEqualTo(once);
    float[] shuffled = all("binarization = static");
    float[] places = concatenate(preparation("").prepare(numbered(200)));
    for (int i = 0; i < 200; i++) {
      int place = (int) places[i];
      assertThat(Arrays.copyOfRange(shuffled, i * 256, (i + 1) * 256))
          .isEqualTo(Arrays.copyOfRange(once, place * 256, (place + 1) * 256));
    }
  }

  @Test
  void dynamicBinarizationLeavesTrainingToBeDrawn() {
    PreparedDataset dynamic = preparation("binarization = dynamic").prepare(pixels(200));
    PreparedDataset drawn = preparation("binarization = static").prepare(pixels(200));
    assertThat(dynamic.resampled()).isTrue();
    assertThat(dynamic.data().singleKind()).contains(ValueKinds.BINARY);
    float[] training = dynamic.training().values();
    for (int i = 0; i < training.length; i++) {
      assertThat(training[i]).isEqualTo(i % 256 / 255f);
    }
    assertThat(dynamic.validation().values()).isEqualTo(drawn.validation().values());
    assertThat(dynamic.test().values()).isEqualTo(drawn.test().values());
  }

  @Test
  void thresholdSplitsPixelsAboveIt() {
    assertThreshold("binarization = threshold", 128);
    assertThreshold("binarization = threshold, threshold = 0", 1);
    assertThreshold("binarization = threshold, threshold = 0.2", 52);
  }

  private static void assertThreshold(String section, int firstOne) {
    PreparedDataset prepared = preparation(section).prepare(pixels(10));
    assertThat(prepared.data().singleKind()).contains(ValueKinds.BINARY);
    float[] all = concatenate(prepared);
    for (int i = 0; i < all.length; i++) {
      assertThat(all[i]).isEqualTo(i % 256 >= firstOne ? 1 : 0);
    }
  }

  @Test
  void aThresholdThatMakesAllPixelsAlikeIsRefused() {
    for (String threshold : new String[] {"1", "-0.1", "127"}) {
      Preparation preparation = preparation("binarization = threshold, threshold = " + threshold);
      assertThatThrownBy(() -> preparation.prepare(pixels(10)))
          .isInstanceOf(SettingException.class)
          .hasMessageStartingWith("threshold: must be at least 0 and below 1");
    }
  }

  @Test
  void realsAreKeptOrComparedWithTheThreshold() {
    PreparedDataset kept =
        preparation("split-order = given, split = [2, 2, 2]").prepare(numbered(6));
    assertThat(kept.data().singleKind()).contains(ValueKinds.REAL);
    assertThat(concatenate(kept)).containsExactly(0, 1, 2, 3, 4, 5);
    PreparedDataset compared =
        preparation(
                "split-order = given, split = [5, 2, 2], binarization = threshold, threshold = 3")
            .prepare(numbered(9));
    assertThat(compared.data().singleKind()).contains(ValueKinds.BINARY);
    assertThat(concatenate(compared)).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 1);
  }

  @Test
  void testLastKeepsTheTestExamplesAndDrawsTheOthersAtRandom() {
    String section = "split-order = test-last, split = [60, 20, 10], split-seed = ";
    SplitPlaces places = preparation(section + 1).prepare(numbered(100)).places();
    assertThat(places.test()).containsExactly(90, 91, 92, 93, 94, 95, 96, 97, 98, 99);
    List<Integer> others =
        IntStream.concat(Arrays.stream(places.training()), Arrays.stream(places.validation()))
            .boxed()
            .toList();
    assertThat(others).hasSize(80).doesNotHaveDuplicates().allMatch(place -> place < 90);
    assertThat(others).isNotEqualTo(others.stream().sorted().toList());
    assertThat(preparation(section + 2).prepare(numbered(100)).places().validation())
        .isNotEqualTo(places.validation());
  }

  @Test
  void picturesAreKeptAsBytesWithTheSameValues() {
    for (String binarization : List.of("none", "threshold", "static", "dynamic")) {
      String section = "binarization = " + binarization + ", mapped = ";
      PreparedDataset inMemory = preparation(section + "auto").prepare(pixels(50));
      PreparedDataset asBytes = preparation(section + "true").prepare(pixels(50));
      boolean isLookedUp = List.of("none", "threshold").contains(binarization);
      assertThat(inMemory.training().isMapped()).isFalse();
      assertThat(asBytes.training().isMapped()).as(binarization).isEqualTo(isLookedUp);
      assertThat(asBytes.test().isMapped()).as(binarization).isEqualTo(isLookedUp);
      assertThat(concatenate(asBytes)).isEqualTo(concatenate(inMemory));
      assertThat(asBytes.training().value(1, 0)).isEqualTo(inMemory.training().value(1, 0));
      assertThat(asBytes.training().sha256()).isEqualTo(inMemory.training().sha256());
    }
  }

  @Test
  void drawingRealsIsRefused() {
    for (String kind : new String[] {"static", "dynamic"}) {
      assertThatThrownBy(() -> preparation("binarization = " + kind).prepare(numbered(100)))
          .isInstanceOf(SettingException.class)
          .hasMessage(
              "binarization: needs 8-bit pixels, but the values of numbered are real numbers; read"
                  + " them as pixels with dataset.values = pixels if they are, or choose none or"
                  + " threshold");
    }
  }

  /** Bytes of a mask: as p / 255 every one of them would be cut to 0. */
  @Test
  void bytesOfZeroAndOneAreRefusedWithTheCure() {
    Dataset mask = alternating((byte) 0, (byte) 1);
    for (String kind : new String[] {"threshold", "static", "dynamic"}) {
      assertThatThrownBy(() -> preparation("binarization = " + kind).prepare(mask))
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("are 0 and 1 alone, where 0 to 255 are meant")
          .hasMessageContaining("dataset.threshold = 0.001");
    }
    PreparedDataset cured =
        preparation("binarization = threshold, threshold = 0.001, split-order = given")
            .prepare(mask);
    assertThat(cured.training().values()).contains(0, 1);
    assertThat(cured.training().values())
        .isEqualTo(
            preparation("binarization = threshold, split-order = given")
                .prepare(alternating((byte) 0, (byte) 255))
                .training()
                .values());
  }

  @Test
  void wholeNumbersLikePixelsAreNotCutBelowOne() {
    assertThatThrownBy(() -> preparation("binarization = threshold").prepare(numbered(200)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("whole numbers from 0 to 199")
        .hasMessageContaining("dataset.values = pixels");
  }

  @Test
  void constantDataAreAnError() {
    assertThatThrownBy(() -> preparation("").prepare(alternating((byte) 7, (byte) 7)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("every value of the training examples is")
        .hasMessageContaining("nothing to learn");
  }

  @Test
  void realExamplesThatAreAllTheSameAreAnError() {
    assertThatThrownBy(() -> preparation("").prepare(reals(d -> 0.5f * (d % 3))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "dataset reals: all 16 training examples are the same, so that there is nothing to"
                + " learn");
  }

  @Test
  void aConstantValueIsWarnedOf() {
    assertThat(warnings(() -> preparation("").prepare(reals(i -> i % 3 == 1 ? 7 : i))))
        .containsExactly(
            "dataset reals: value 2 of an example, counted from 1, is the same in every training"
                + " example, about which a density of real numbers grows without bound; leave out"
                + " what says nothing");
    assertThat(warnings(() -> preparation("").prepare(reals(i -> i % 3 == 1 ? i : 7))))
        .singleElement()
        .asString()
        .startsWith("dataset reals: 2 values of an example (counted from 1: 1, 3) are the same");
    assertThat(warnings(() -> preparation("").prepare(reals(i -> i)))).isEmpty();
  }

  private static List<String> warnings(Runnable action) {
    Logger logger = (Logger) LoggerFactory.getLogger(PreparationChecks.class);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.WARN);
    try {
      action.run();
    } finally {
      logger.detachAppender(appender);
      logger.setLevel(null);
    }
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** Twenty examples of three values. */
  private static Dataset reals(IntFunction<Number> value) {
    float[] floats = new float[60];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = value.apply(i).floatValue();
    }
    return new Dataset("reals", new DataShape(1, 1, 3), 20, new Values.Reals(floats), Map.of());
  }

  private static Dataset alternating(byte even, byte odd) {
    byte[] bytes = new byte[100];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = i % 2 == 0 ? even : odd;
    }
    return new Dataset("mask", new DataShape(1, 2, 2), 25, new Values.Pixels(bytes), Map.of());
  }

  @Test
  void valuesThatAreNoNumbersAreNamed() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] values = new float[60];
      values[43] = bad;
      Dataset dataset =
          new Dataset("spoilt", new DataShape(1, 1, 6), 10, new Values.Reals(values), Map.of());
      assertThatThrownBy(() -> preparation("").prepare(dataset))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "dataset spoilt: value 1 of example 7 is "
                  + bad
                  + ", both counted from 0; values must be finite");
    }
  }

  @Test
  void badKeysAreRefusedWithTheirRule() {
    assertThatThrownBy(() -> preparation("binarization = statik"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "dataset.binarization = \"statik\": must be one of none, static, dynamic, threshold;"
                + " did you mean static?");
    assertThatThrownBy(() -> preparation("split-order = sorted"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("dataset.split-order = \"sorted\": must be one of shuffled, given");
    assertThatThrownBy(() -> preparation("split-seed = 1.5"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("dataset.split-seed = 1.5: must be a whole number");
    assertThatThrownBy(() -> preparation("split = half"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("dataset.split = \"half\": must be a list of numbers");
  }

  @Test
  void theDatasetIsLeftAsItWas() {
    Dataset dataset = pixels(20);
    byte[] before = ((Values.Pixels) dataset.values()).bytes().clone();
    preparation("binarization = static").prepare(dataset);
    assertThat(((Values.Pixels) dataset.values()).bytes()).isEqualTo(before);
  }

  private static float[] all(String section) {
    return concatenate(preparation(section).prepare(pixels(200)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"static", "dynamic"})
  void equalPicturesOfAFileAreDrawnAlikeWhereverTheyStand(String binarization) {
    PreparationSettings settings = Prepared.settings("binarization = " + binarization);
    Dataset pictures = Prepared.pixels(4);
    DataDescription binary = DataDescription.of(pictures.shape(), ValueKinds.BINARY);

    List<float[]> ofFile = rows(ExampleReader.ofFile(settings, binary), pictures);
    List<float[]> ofDataset = rows(ExampleReader.ofDataset(settings, binary), pictures);

    assertThat(ofFile).hasSize(4).allSatisfy(row -> assertThat(row).isEqualTo(ofFile.get(0)));
    assertThat(ofDataset.get(1)).isNotEqualTo(ofDataset.get(0));
    // pixel 0 is never white, 255 always, and of the others as many as their levels say
    assertThat(ofFile.get(0)[0]).isZero();
    assertThat(ofFile.get(0)[255]).isOne();
    double white = 0;
    for (float pixel : ofFile.get(0)) {
      white += pixel;
    }
    // the sum of p(1 - p) over levels 0 to 255 is 42.7
    assertThat(white).isEqualTo(128, within(4 * Math.sqrt(42.7)));
  }

  private static List<float[]> rows(ExampleReader reader, Dataset dataset) {
    List<float[]> rows = new ArrayList<>();
    reader.read(dataset, "file", 3, block -> rows.addAll(List.of(block.rows())));
    return rows;
  }
}
