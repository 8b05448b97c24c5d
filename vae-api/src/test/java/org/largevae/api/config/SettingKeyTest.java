package org.largevae.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingKeyTest {

  enum Tails {
    FOLDED,
    AS_IN_PAPER
  }

  record Part(@Setting(value = "1", meaning = "a number") int number) {}

  record Example(
      @Setting(value = "500", atLeast = 1, meaning = "how many") int pseudoInputs,
      @Setting(value = "0.5", above = 0, below = 1, meaning = "a rate") double dropoutRate,
      @Setting(value = "0.5", above = 0, atMost = 1, meaning = "a weight") double weight,
      @Setting(value = "1", atLeast = -1, atMost = 1.5, meaning = "a shift") double shift,
      @Setting(value = "-1", below = 0, meaning = "a loss") double loss,
      @Setting(value = "0.25", atMost = 0.5, meaning = "a share") double share,
      @Setting(value = "folded", meaning = "the tails") Tails tails,
      @Setting(value = "[1]", atLeast = 1, meaning = "layers") List<Integer> hidden,
      @Setting(value = "[1]", meaning = "scales") List<Double> scales,
      @Setting(value = "[a]", meaning = "names") List<String> names,
      @Setting(value = "false", meaning = "a switch") boolean on,
      @Setting(meaning = "the file") String file,
      @Setting(meaning = "a seed") Optional<Long> seed,
      @Setting(meaning = "a part") Part part,
      @Setting(value = "1", meaning = "a width") int conv2dWidth) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "pseudo-inputs | a whole number | at least 1 | 500",
        "dropout-rate | a number | above 0 and below 1 | 0.5",
        "weight | a number | above 0 and at most 1 | 0.5",
        "shift | a number | between -1 and 1.5 | 1",
        "loss | a number | below 0 | -1",
        "share | a number | at most 0.5 | 0.25",
        "tails | one of folded, as-in-paper | '' | folded",
        "hidden | a list of whole numbers | at least 1 | [1]",
        "scales | a list of numbers | '' | [1]",
        "names | a list of texts | '' | [a]",
        "on | true or false | '' | false",
        "file | a text | '' | -",
        "seed | a whole number | '' | -",
        "part | a section | '' | -",
        "conv2d-width | a whole number | '' | 1"
      })
  void aKeySaysWhatItTakes(String name, String values, String bounds, String defaultText) {
    SettingKey key = key(name);

    assertThat(key.values()).isEqualTo(values);
    assertThat(key.bounds()).isEqualTo(bounds);
    assertThat(key.defaultText()).isEqualTo(Optional.ofNullable(defaultText));
    assertThat(key).hasToString(name + ": " + values + (bounds.isEmpty() ? "" : ", " + bounds));
  }

  @Test
  void aKeySaysWhetherItMayBeLeftOut() {
    assertThat(key("seed").isOptional()).isTrue();
    assertThat(key("file").isOptional()).isFalse();
    assertThat(key("file").meaning()).isEqualTo("the file");
  }

  @Test
  void aSectionHasASchemaOfItsOwn() {
    assertThat(key("part").isSection()).isTrue();
    assertThat(key("part").section().orElseThrow().keys())
        .extracting(SettingKey::key)
        .containsExactly("number");
    assertThat(key("file").section()).isEmpty();
  }

  private static SettingKey key(String name) {
    return SettingsSchema.of(Example.class).keys().stream()
        .filter(key -> key.key().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
