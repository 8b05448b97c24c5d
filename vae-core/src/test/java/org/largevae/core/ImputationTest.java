package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.likelihoods.Gaussian;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.StandardPrior;

/**
 * A model trained on probabilistic PCA's data, x ~ N(W z, s^2 I), a fifth of it missing at random,
 * beside the exact conditional means, which are computed here in double.
 */
class ImputationTest {
  private static final int DIMENSIONS = 8;
  private static final int LATENTS = 2;
  private static final double DEVIATION = 0.5;
  private static final DataDescription DATA =
      DataDescription.of(new DataShape(1, 1, DIMENSIONS), ValueKinds.REAL, true);

  private final double[][] weights = weights();

  private static double[][] weights() {
    Random random = new Random(3);
    double[][] w = new double[DIMENSIONS][LATENTS];
    for (double[] row : w) {
      for (int j = 0; j < LATENTS; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return w;
  }

  private float[][] rows(int count, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][DIMENSIONS];
    for (float[] row : rows) {
      double[] z = {random.nextGaussian(), random.nextGaussian()};
      for (int d = 0; d < DIMENSIONS; d++) {
        double mean = weights[d][0] * z[0] + weights[d][1] * z[1];
        row[d] = (float) (mean + DEVIATION * random.nextGaussian());
      }
    }
    return rows;
  }

  private static float[][] hide(float[][] rows, double share, long seed) {
    Random random = new Random(seed);
    float[][] hidden = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      hidden[i] = rows[i].clone();
      for (int d = 0; d < DIMENSIONS; d++) {
        hidden[i][d] = random.nextDouble() < share ? Float.NaN : hidden[i][d];
      }
    }
    return hidden;
  }

  /** E[x | x_observed] = W E[z | x_observed], by the posterior of two latents. */
  private float[] conditionalMean(float[] row) {
    double[][] precision = {{1, 0}, {0, 1}};
    double[] projected = new double[LATENTS];
    for (int d = 0; d < DIMENSIONS; d++) {
      if (!Float.isNaN(row[d])) {
        for (int i = 0; i < LATENTS; i++) {
          projected[i] += weights[d][i] * row[d] / (DEVIATION * DEVIATION);
          for (int j = 0; j < LATENTS; j++) {
            precision[i][j] += weights[d][i] * weights[d][j] / (DEVIATION * DEVIATION);
          }
        }
      }
    }
    double determinant = precision[0][0] * precision[1][1] - precision[0][1] * precision[1][0];
    double first = (precision[1][1] * projected[0] - precision[0][1] * projected[1]) / determinant;
    double second = (precision[0][0] * projected[1] - precision[1][0] * projected[0]) / determinant;
    float[] mean = row.clone();
    for (int d = 0; d < DIMENSIONS; d++) {
      if (Float.isNaN(row[d])) {
        mean[d] = (float) (weights[d][0] * first + weights[d][1] * second);
      }
    }
    return mean;
  }

  private static double error(float[][] filled, float[][] truth, float[][] hidden) {
    double squares = 0;
    int count = 0;
    for (int i = 0; i < filled.length; i++) {
      for (int d = 0; d < DIMENSIONS; d++) {
        if (Float.isNaN(hidden[i][d])) {
          squares += Math.pow(filled[i][d] - truth[i][d], 2);
          count++;
        }
      }
    }
    return Math.sqrt(squares / count);
  }

  @Test
  void isAsGoodAsTheExactConditionalMean() {
    ModelShape shape = ModelShape.of(DATA, LATENTS);
    Vae vae =
        Vae.of(
            shape,
            new GatedMlpEncoder(shape, 40),
            new StandardPrior(shape),
            new GatedMlpDecoder(shape, new Gaussian(DATA), 40));
    float[][] truth = rows(1000, 12);
    float[][] hidden = hide(truth, 0.2, 13);
    try (TrainedVae trained =
        vae.trainer(hide(rows(12_000, 10), 0.2, 11))
            .device("cpu")
            .epochs(60)
            .batchSize(100)
            .warmUpEpochs(0)
            .learningRate(1e-3)
            .train()) {
      float[][] filled = trained.impute(hidden, 100, 1);
      float[][] exact = new float[hidden.length][];
      for (int i = 0; i < exact.length; i++) {
        exact[i] = conditionalMean(hidden[i]);
      }

      assertThat(error(filled, truth, hidden)).isLessThan(1.02 * error(exact, truth, hidden));
      drawsVaryAsTheConditionalDoes(trained);
    }
  }

  /** With nothing known, what is drawn has the mean and the variance of the data. */
  private void drawsVaryAsTheConditionalDoes(TrainedVae trained) {
    float[] nothing = new float[DIMENSIONS];
    java.util.Arrays.fill(nothing, Float.NaN);
    float[][][] draws = trained.imputeSample(new float[][] {nothing}, 200, 300, 1);
    double[] squares = new double[DIMENSIONS];
    for (float[][] draw : draws) {
      for (int d = 0; d < DIMENSIONS; d++) {
        squares[d] += draw[0][d] * draw[0][d] / draws.length;
      }
    }
    for (int d = 0; d < DIMENSIONS; d++) {
      double expected =
          weights[d][0] * weights[d][0] + weights[d][1] * weights[d][1] + DEVIATION * DEVIATION;
      // of 300 draws of 200 latents: five standard errors, and a tenth for the trained model
      double error = expected * Math.sqrt(2.0 / 300 + 2.0 / 200);
      assertThat(squares[d]).isCloseTo(expected, within(5 * error + 0.1 * expected));
    }
  }

  @Test
  void whatIsKnownStays() {
    try (TrainedVae trained = TinyVaes.trainer(vae(), rows(60, 1)).train()) {
      float[][] hidden = hide(rows(20, 2), 0.3, 3);
      float[][] filled = trained.impute(hidden, 10, 1);

      for (int i = 0; i < hidden.length; i++) {
        for (int d = 0; d < DIMENSIONS; d++) {
          if (Float.isNaN(hidden[i][d])) {
            assertThat(filled[i][d]).isFinite();
          } else {
            assertThat(filled[i][d]).isEqualTo(hidden[i][d]);
          }
        }
      }
      float[][] complete = rows(3, 4);
      assertThat(trained.impute(complete, 10, 1)).isEqualTo(complete);
      assertThat(trained.impute(new float[][] {hidden[7]}, 10, 1)[0])
          .containsExactly(filled[7], within(1e-5f));
    }
  }

  private static Vae vae() {
    return TinyVaes.vae(DATA, new Gaussian(DATA));
  }
}
