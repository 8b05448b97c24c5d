package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.largevae.core.testing.TinyData;

/** A score depends on the model, the seed, S and the example alone. */
class ExampleScoresTest {
  /** Products of matrices of other sizes round otherwise. */
  private static final double ROUNDING = 1e-4;

  private static final int SAMPLES = 30;
  private static final float[][] ROWS = TinyData.REAL.rows(700, 9);
  private static TrainedVae vae;

  @BeforeAll
  static void train() {
    vae = TinyVaes.train(TinyData.REAL);
  }

  @AfterAll
  static void close() {
    vae.close();
  }

  private static double[] scores(float[][] rows) {
    return vae.logLikelihood(rows, SAMPLES, 4);
  }

  @Test
  void alone() {
    double[] together = scores(ROWS);

    for (int i : new int[] {0, 1, 66, 350, 699}) {
      assertThat(scores(new float[][] {ROWS[i]})[0]).isCloseTo(together[i], within(ROUNDING));
    }
  }

  @Test
  void inAnotherOrder() {
    float[][] reversed = ROWS.clone();
    Collections.reverse(Arrays.asList(reversed));
    double[] expected = scores(ROWS);
    double[] found = scores(reversed);

    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[expected.length - 1 - i], within(ROUNDING));
    }
  }

  @Test
  void equalExamplesHaveEqualScores() {
    double[] found = scores(new float[][] {ROWS[3], ROWS[5], ROWS[3]});

    assertThat(found[2]).isCloseTo(found[0], within(ROUNDING));
    assertThat(found[1]).isNotCloseTo(found[0], within(ROUNDING));
  }

  @Test
  void otherSeedsDrawOtherwise() {
    assertThat(vae.logLikelihood(ROWS[0], SAMPLES, 5))
        .isNotEqualTo(vae.logLikelihood(ROWS[0], SAMPLES, 4));
  }

  @Test
  void inSeveralThreads() throws Exception {
    double[] expected = scores(ROWS);
    Callable<double[]> task = () -> scores(ROWS);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (Future<double[]> found : threads.invokeAll(List.of(task, task, task))) {
        assertThat(found.get()).containsExactly(expected, within(ROUNDING));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void drawsFromPosteriorsToo() {
    float[][] together = vae.encodeSample(ROWS, 8);

    assertThat(vae.encodeSample(ROWS[41], 8)).containsExactly(together[41], within(1e-5f));
  }

  @Test
  void theFirstOfManyDrawnExamplesAreThoseOfFew() {
    float[][] many = vae.drawExamples(600, 2);

    float[][] few = vae.drawExamples(3, 2);
    for (int i = 0; i < few.length; i++) {
      assertThat(few[i]).containsExactly(many[i], within(1e-4f));
    }
  }
}
