package org.largevae.api.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;

class ModelShapeTest {

  @Test
  void dimensionsAreThoseOfTheData() {
    assertThat(new ModelShape(new DataShape(3, 28, 20), Support.REAL, 1).dimensions())
        .isEqualTo(1680);
  }

  @Test
  void aLatentSizeBelowOneIsRefused() {
    assertThatThrownBy(() -> new ModelShape(new DataShape(1, 2, 2), Support.BINARY, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("latent size 0 is below 1");
  }
}
