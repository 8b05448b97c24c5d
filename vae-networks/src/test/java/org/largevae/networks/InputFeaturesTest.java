package org.largevae.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.data.Batch;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKinds;

/** Expected numbers are worked out by hand. */
class InputFeaturesTest {
  private static final DataDescription MIXED =
      DataDescription.of(
          List.of(
              new Column("colour", ValueKinds.category(3), true),
              new Column("height", ValueKinds.REAL),
              new Column("visits", ValueKinds.COUNT),
              new Column("income", ValueKinds.POSITIVE),
              new Column("grade", ValueKinds.ordinal(3)),
              new Column("member", ValueKinds.BINARY),
              new Column("town", ValueKinds.category(3))));

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void free() {
    manager.close();
  }

  private record Gaps(NDArray x, Optional<NDArray> observed) implements Batch {}

  @Test
  void eachKindHasItsOwn() {
    float[] row = {2, -0.5f, 3, 1, 2, 1, 0};
    NDArray features = new InputFeatures(MIXED).of(Batch.of(manager.create(row, new Shape(1, 7))));

    // grouped by kind, in the order of their first columns
    float[] expected = {0, 0, 1, 1, 0, 0, -0.5f, 1, (float) Math.log(4), 0, (float) Math.sqrt(1.5)};
    assertThat(new InputFeatures(MIXED).size()).isEqualTo(expected.length);
    assertThat(features.toFloatArray()).containsExactly(expected, within(1e-6f));
  }

  @Test
  void whatIsMissingGivesNothing() {
    float[] row = {2, 0, 0, 1, 0, 0, 0};
    float[] observed = {0, 1, 1, 1, 1, 1, 1};
    NDArray x = manager.create(row, new Shape(1, 7));
    NDArray mask = manager.create(observed, new Shape(1, 7));

    NDArray features = new InputFeatures(MIXED).of(new Gaps(x, Optional.of(mask)));

    assertThat(features.get(":, 0:3").toFloatArray()).containsOnly(0);
  }

  @Test
  void countsOfOneKindAreLogs() {
    DataDescription counts = DataDescription.of(new DataShape(1, 1, 2), ValueKinds.COUNT);
    NDArray x = manager.create(new float[] {0, 1, 9, 99}, new Shape(2, 2));

    assertThat(new InputFeatures(counts).of(Batch.of(x)).toFloatArray())
        .containsExactly(
            new float[] {0, (float) Math.log(2), (float) Math.log(10), (float) Math.log(100)},
            within(1e-6f));
  }

  @Test
  void realValuesAreGivenAsTheyAre() {
    DataDescription real = DataDescription.of(new DataShape(1, 1, 2), ValueKinds.REAL);
    NDArray x = manager.create(new float[] {0.5f, -7}, new Shape(1, 2));

    assertThat(new InputFeatures(real).of(Batch.of(x))).isSameAs(x);
  }

  /** A pseudo-input between two categories is a little of each, and can be moved. */
  @Test
  void gradientsReachPointsBetweenCategories() {
    DataDescription colours = DataDescription.of(new DataShape(1, 1, 1), ValueKinds.category(3));
    NDArray x = manager.create(new float[] {1.25f}, new Shape(1, 1));
    x.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray features = new InputFeatures(colours).of(Batch.of(x));
      System.gc();
      collector.backward(features.get(":, 2").sum());

      assertThat(features.toFloatArray()).containsExactly(0, 0.75f, 0.25f);
    }
    assertThat(x.getGradient().toFloatArray()).containsExactly(1);
  }
}
