package org.largevae.api.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LatentsTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void levelsAreAddedFromTheTopDown() {
    NDArray top = manager.zeros(new Shape(2, 3));
    NDArray below = manager.ones(new Shape(2, 5));

    Latents one = Latents.of(top);
    Latents two = one.with(below);

    assertThat(two.levels()).containsExactly(top, below);
    assertThat(two.lowest()).isSameAs(below);
    assertThat(one.levels()).containsExactly(top);
    assertThat(one.lowest()).isSameAs(top);
  }

  @Test
  void nothingStandsAboveTheTop() {
    assertThat(Latents.none().levels()).isEmpty();
    assertThatThrownBy(Latents.none()::lowest).isInstanceOf(NoSuchElementException.class);
    assertThat(Latents.none().with(manager.zeros(new Shape(1))).levels()).hasSize(1);
  }

  @Test
  void theListIsCopied() {
    List<NDArray> levels = new ArrayList<>(List.of(manager.zeros(new Shape(2, 3))));
    Latents latents = new Latents(levels);

    levels.clear();

    assertThat(latents.levels()).hasSize(1);
  }

  @Test
  void noGradientFlowsThroughDetachedLatents() {
    NDArray z = manager.ones(new Shape(3));
    z.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      Latents latents = Latents.of(z.square());
      NDArray cut = latents.detached().lowest();
      assertThat(cut.toFloatArray()).containsExactly(1, 1, 1);
      collector.backward(latents.lowest().add(cut).sum());
    }

    assertThat(z.getGradient().toFloatArray()).containsExactly(2, 2, 2);
  }
}
