package org.largevae.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.config.SettingsSchema;

class ValueKindsTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  @ParameterizedTest
  @MethodSource("values")
  void aKindHoldsItsOwnValuesOnly(ValueKind kind, List<Float> held, List<Float> refused) {
    assertThat(held)
        .allSatisfy(value -> assertThat(kind.holds(value)).as("%s", value).isTrue())
        .allSatisfy(value -> assertThat((double) value).isBetween(kind.lowest(), kind.highest()));
    assertThat(refused)
        .allSatisfy(value -> assertThat(kind.holds(value)).as("%s", value).isFalse());
    assertThat(kind.holds(NAN)).isFalse();
    assertThat(kind.holds(kind.filler())).as("filler").isTrue();
    assertThat(kind.rule()).isNotBlank().doesNotEndWith(".");
    assertThat(kind.name()).matches("[a-z]+(-[a-z]+)*");
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(ValueKinds.BINARY, List.of(0f, 1f), List.of(0.5f, -1f, 2f)),
        Arguments.of(
            ValueKinds.GREY_LEVEL,
            List.of(0.5f / 256, 1.5f / 256, 255.5f / 256),
            List.of(0f, 1f, 1f / 256, -0.5f / 256, 256.5f / 256, INFINITY)),
        Arguments.of(ValueKinds.REAL, List.of(0f, -1e30f, 3.5f), List.of(INFINITY, -INFINITY)),
        Arguments.of(ValueKinds.POSITIVE, List.of(1e-30f, 7f), List.of(0f, -1f, INFINITY)),
        Arguments.of(ValueKinds.COUNT, List.of(0f, 1f, 1e6f), List.of(-1f, 0.5f, INFINITY)),
        Arguments.of(ValueKinds.category(3), List.of(0f, 1f, 2f), List.of(-1f, 3f, 0.5f)),
        Arguments.of(ValueKinds.ordinal(2), List.of(0f, 1f), List.of(-1f, 2f, 0.5f)));
  }

  @Test
  void everyGreyLevelIsHeld() {
    for (int pixel = 0; pixel < 256; pixel++) {
      assertThat(ValueKinds.GREY_LEVEL.holds((pixel + 0.5f) / 256)).isTrue();
    }
  }

  @Test
  void kindsWhoseValuesCanBeListedAreDiscrete() {
    assertThat(
            List.of(
                ValueKinds.BINARY,
                ValueKinds.GREY_LEVEL,
                ValueKinds.COUNT,
                ValueKinds.category(4),
                ValueKinds.ordinal(4)))
        .allMatch(ValueKind::isDiscrete);
    assertThat(List.of(ValueKinds.REAL, ValueKinds.POSITIVE)).noneMatch(ValueKind::isDiscrete);
  }

  @Test
  void rulesSayHowManyCategoriesThereAre() {
    assertThat(ValueKinds.category(3).rule()).isEqualTo("categories are whole numbers from 0 to 2");
    assertThat(ValueKinds.ordinal(5).rule()).isEqualTo("levels are whole numbers from 0 to 4");
    assertThat(ValueKinds.category(3)).isEqualTo(ValueKinds.category(3));
    assertThat(ValueKinds.category(3)).isNotEqualTo(ValueKinds.category(4));
  }

  @Test
  void fewerThanTwoCategoriesAreRefused() {
    assertThatThrownBy(() -> ValueKinds.category(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("categories = 1: must be at least 2");
    assertThatThrownBy(() -> ValueKinds.ordinal(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("levels = 0: must be at least 2");
  }

  @Test
  void kindsAreSettingsRecords() {
    assertThat(SettingsSchema.valuesOf(new ValueKinds.Category(3))).containsEntry("categories", 3);
    assertThat(SettingsSchema.valuesOf(new ValueKinds.Binary())).isEmpty();
  }
}
