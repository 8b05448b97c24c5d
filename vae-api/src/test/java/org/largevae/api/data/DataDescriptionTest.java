package org.largevae.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataDescriptionTest {
  private static final DataShape SHAPE = new DataShape(1, 2, 3);

  @Test
  void picturesHaveOneKind() {
    DataDescription data = DataDescription.of(SHAPE, ValueKinds.GREY_LEVEL);

    assertThat(data.dimensions()).isEqualTo(6);
    assertThat(data.singleKind()).contains(ValueKinds.GREY_LEVEL);
    assertThat(data.kind(5)).isEqualTo(ValueKinds.GREY_LEVEL);
    assertThat(data.mayBeMissing(0)).isFalse();
    assertThat(data.hasMissing()).isFalse();
    assertThat(data.names()).isEmpty();
  }

  @Test
  void picturesMayHaveMissingValues() {
    DataDescription data = DataDescription.of(SHAPE, ValueKinds.REAL, true);

    assertThat(data.mayBeMissing(3)).isTrue();
    assertThat(data.hasMissing()).isTrue();
  }

  @Test
  void aTableHasAKindForEachColumn() {
    DataDescription table =
        DataDescription.of(
            List.of(
                new Column("age", ValueKinds.POSITIVE),
                new Column("visits", ValueKinds.COUNT, true)));

    assertThat(table.shape()).isEqualTo(new DataShape(1, 1, 2));
    assertThat(table.kind(0)).isEqualTo(ValueKinds.POSITIVE);
    assertThat(table.kind(1)).isEqualTo(ValueKinds.COUNT);
    assertThat(table.singleKind()).isEmpty();
    assertThat(table.mayBeMissing(0)).isFalse();
    assertThat(table.mayBeMissing(1)).isTrue();
    assertThat(table.hasMissing()).isTrue();
    assertThat(table.names()).containsExactly("age", "visits");
  }

  @Test
  void aTableOfEqualColumnsHasOneKind() {
    DataDescription table =
        DataDescription.of(
            List.of(
                new Column("a", ValueKinds.category(3)), new Column("b", ValueKinds.category(3))));

    assertThat(table.singleKind()).contains(ValueKinds.category(3));
    assertThat(table.hasMissing()).isFalse();
  }

  @Test
  void aTableWithoutColumnsOrWithTwoOfANameIsRefused() {
    assertThatThrownBy(() -> DataDescription.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a table needs a column");
    Column column = new Column("a", ValueKinds.REAL);
    assertThatThrownBy(() -> DataDescription.of(List.of(column, column)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two columns are named \"a\"");
  }

  @Test
  void aBatchMayBeExamplesAlone() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.zeros(new Shape(2, 6));

      Batch batch = Batch.of(x);

      assertThat(batch.x()).isSameAs(x);
      assertThat(batch.observed()).isEmpty();
      assertThat(batch.places()).isEmpty();
      assertThat(batch.labels()).isEmpty();
    }
  }
}
