package org.largevae.core.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.largevae.core.preparation.Prepared.concatenate;
import static org.largevae.core.preparation.Prepared.drawn;
import static org.largevae.core.preparation.Prepared.numbered;
import static org.largevae.core.preparation.Prepared.preparation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingException;

class SplitTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[0.8, 0.1, 0.1]; 1965; 1572; 196; 197",
        "[0.8, 0.1, 0.1]; 10000; 8000; 1000; 1000",
        "[0.29, 0.3, 0.41]; 100; 29; 30; 41",
        "[0.3333333333, 0.3333333333, 0.3333333334]; 3; 0; 0; 3",
        "[1565, 200, 200]; 1965; 1565; 200; 200",
        "[10, 5, 3]; 1965; 10; 5; 3",
        "[2, 2, 2]; 6; 2; 2; 2",
      })
  void partsHaveTheSizesAskedFor(String split, int size, int training, int validation, int test) {
    Preparation preparation = preparation("split = " + split);
    if (training == 0) {
      assertThatThrownBy(() -> preparation.prepare(numbered(size)))
          .isInstanceOf(SettingException.class)
          .hasMessageContaining(
              "leaves a part of numbered without examples: its 3 give 0, 0 and 3");
      return;
    }
    PreparedDataset prepared = preparation.prepare(numbered(size));
    assertThat(prepared.training().size()).isEqualTo(training);
    assertThat(prepared.validation().size()).isEqualTo(validation);
    assertThat(prepared.test().size()).isEqualTo(test);
    float[] all = concatenate(prepared);
    assertThat(all).hasSize(training + validation + test).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[0.8, 0.2]",
        "[0.8, 0.1, 0.2]",
        "[0.8, 0.1, 0.05, 0.05]",
        "[1, 1, 1]",
        "[1.0, 0.0, 0.0]",
        "[0.8, 100, 100]",
        "[2.5, 2, 2]",
        "[-0.5, 0.5, 1.0]",
        "[-5, 10, 10]",
        "[5000000000, 2, 2]",
      })
  void badSplitsAreRefused(String split) {
    assertThatThrownBy(() -> preparation("split = " + split))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("dataset.split = [")
        .hasMessageContaining(
            ": must be three fractions that sum to 1, or three whole numbers above 1");
  }

  @Test
  void emptySplitIsRefused() {
    assertThatThrownBy(() -> preparation("split = []"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("dataset.split = []: must have at least one entry");
  }

  @Test
  void countsAboveTheDataAreRefusedWithBothNumbers() {
    assertThatThrownBy(() -> preparation("split = [1565, 200, 200]").prepare(numbered(1000)))
        .isInstanceOf(SettingException.class)
        .hasMessage("split: asks for 1965 examples, but numbered has 1000");
  }

  @Test
  void givenOrderTakesTestExamplesFromTheEnd() {
    String given = "split-order = given, ";
    PreparedDataset all = preparation(given + "split = [6, 2, 2]").prepare(numbered(10));
    assertThat(all.training().values()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(all.validation().values()).containsExactly(6, 7);
    assertThat(all.test().values()).containsExactly(8, 9);
    PreparedDataset fewer = preparation(given + "split = [3, 2, 2]").prepare(numbered(10));
    assertThat(fewer.training().values()).containsExactly(0, 1, 2);
    assertThat(fewer.validation().values()).containsExactly(3, 4);
    assertThat(fewer.test().values()).containsExactly(8, 9);
  }

  @Test
  void aShuffledSplitIsAFunctionOfItsSeed() {
    float[] once = concatenate(preparation("").prepare(numbered(1000)));
    float[] again = concatenate(preparation("split-seed = 1").prepare(numbered(1000)));
    float[] other = concatenate(preparation("split-seed = 2").prepare(numbered(1000)));
    assertThat(again).isEqualTo(once);
    assertThat(other).isNotEqualTo(once).containsExactlyInAnyOrder(once);
  }

  @Test
  void everyExampleIsAsLikelyInTheTestPart() {
    int seeds = 4000;
    int[] drawn = new int[10];
    for (int seed = 0; seed < seeds; seed++) {
      PreparedDataset prepared =
          preparation("split = [6, 2, 2], split-seed = " + seed).prepare(numbered(10));
      for (float value : prepared.test().values()) {
        drawn[(int) value]++;
      }
    }
    double standardError = Math.sqrt(seeds * 0.2 * 0.8);
    for (int count : drawn) {
      assertThat((double) count).isCloseTo(seeds * 0.2, within(5 * standardError));
    }
  }
}
