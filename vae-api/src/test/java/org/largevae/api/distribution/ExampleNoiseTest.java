package org.largevae.api.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExampleNoiseTest {

  @Test
  void drawsOfEachLevelAreTheSameAtOnceAndOneByOne() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Noise atOnce = Noise.ofExamples(3, 9);
      Noise oneByOne = Noise.ofExamples(3, 9);
      float[][] whole = new float[3][];
      for (int level = 0; level < 3; level++) {
        whole[level] = normal(manager, atOnce.level(level), 5);
      }

      float[][] parts = new float[3][0];
      for (int draw = 0; draw < 5; draw++) {
        for (int level = 0; level < 3; level++) {
          parts[level] = joined(parts[level], normal(manager, oneByOne.level(level), 1));
        }
      }

      for (int level = 0; level < 3; level++) {
        assertThat(parts[level]).containsExactly(whole[level]);
      }
      assertThat(whole[0]).doesNotContain(whole[1]).doesNotContain(whole[2]);
      assertThat(whole[1]).doesNotContain(whole[2]);
    }
  }

  @Test
  void theTopHasTheNumbersThemselves() {
    Noise noise = Noise.ofExamples(3);

    assertThat(noise.level(0)).isSameAs(noise);
    assertThat(Noise.ENGINE.level(2)).isSameAs(Noise.ENGINE);
  }

  private static float[] normal(NDManager manager, Noise noise, int draws) {
    return noise.normal(manager, new Shape(draws, 2, 4), DataType.FLOAT32).toFloatArray();
  }

  private static float[] joined(float[] first, float[] second) {
    float[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
