package org.largevae.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelShapeTest {

  @Test
  void dimensionsAreThoseOfTheData() {
    DataDescription data = DataDescription.of(new DataShape(3, 28, 20), ValueKinds.REAL);

    ModelShape shape = ModelShape.of(data, 4);

    assertThat(shape.dimensions()).isEqualTo(1680);
    assertThat(shape.latentSize()).isEqualTo(4);
    assertThat(shape.data()).isSameAs(data);
    assertThat(shape).isEqualTo(ModelShape.of(data, 4));
  }

  @Test
  void aLatentSizeBelowOneIsRefused() {
    DataDescription data = DataDescription.of(new DataShape(1, 2, 2), ValueKinds.BINARY);

    assertThatThrownBy(() -> ModelShape.of(data, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("latent size 0 is below 1");
  }
}
