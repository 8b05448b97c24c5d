package org.largevae.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.largevae.core.results.Fidelity;

class SampleQualityTest {

  /** Balls of radius 1 around 0, 1 and 2, of radius 8 around 10. */
  @Test
  void countsByHand() {
    float[][] real = {{0}, {1}, {2}, {10}};
    // nearest neighbours of its own: 0.1, 0.1, 4.7, 4.7 ... radii 0.1, 0.1, 4.8, 15
    float[][] drawn = {{0.1f}, {0.2f}, {5}, {20}};

    Fidelity found = SampleQuality.compare(real, drawn, 1);

    // 0.1 in the balls of 0 and 1, 0.2 in those of 0 and 1, 5 in that of 10, 20 in none
    assertThat(found.precision()).isEqualTo(3 / 4.0);
    assertThat(found.density()).isEqualTo(5 / 4.0);
    // those of 0, 1 and 10
    assertThat(found.coverage()).isEqualTo(3 / 4.0);
    // 0 lies 0.1 from 0.1; 1 and 2 and 10 lie within 4.8 of 5 or 15 of 20
    assertThat(found.recall()).isEqualTo(1);
  }

  @Test
  void twoSetsOfOneDistributionAreAlikeAndNoiseIsNot() {
    Random random = new Random(1);
    int count = 600;
    float[][] one = normal(random, count, 20, 1);
    float[][] other = normal(random, count, 20, 1);
    float[][] wide = normal(random, count, 20, 6);

    Fidelity alike = SampleQuality.compare(one, other, 5);
    // of n real balls each is met with probability 1 - 2^-5
    double expected = 1 - Math.pow(2, -5);
    double error = Math.sqrt(expected * (1 - expected) / count);
    assertThat(alike.coverage()).isCloseTo(expected, within(4 * error));
    assertThat(alike.density()).isCloseTo(1, within(0.15));
    Fidelity noise = SampleQuality.compare(one, wide, 5);
    assertThat(noise.precision()).isLessThan(0.01);
    assertThat(noise.coverage()).isLessThan(0.01);
  }

  @Test
  void drawsOfOneModeAreConvincingButDoNotCover() {
    Random random = new Random(2);
    float[][] real = normal(random, 400, 5, 0.1);
    for (int i = 0; i < real.length; i += 2) {
      real[i][0] += 10;
    }
    float[][] oneMode = normal(random, 400, 5, 0.1);

    Fidelity found = SampleQuality.compare(real, oneMode, 5);

    assertThat(found.precision()).isGreaterThan(0.9);
    assertThat(found.coverage()).isCloseTo(0.5, within(0.03));
    assertThat(found.recall()).isCloseTo(0.5, within(0.06));
  }

  @Test
  void setsThatCannotBeComparedAreRefused() {
    assertThatThrownBy(() -> SampleQuality.compare(new float[5][2], new float[5][2], 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 real and 5 drawn examples cannot be compared by 5 neighbours");
    assertThatThrownBy(() -> SampleQuality.compare(new float[7][2], new float[6][2], 5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[][] normal(Random random, int count, int size, double deviation) {
    float[][] rows = new float[count][size];
    for (float[] row : rows) {
      for (int d = 0; d < size; d++) {
        row[d] = (float) (deviation * random.nextGaussian());
      }
    }
    return rows;
  }
}
