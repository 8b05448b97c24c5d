package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.likelihoods.Columns;
import org.largevae.likelihoods.ColumnsSettings;
import org.largevae.likelihoods.CountColumns;
import org.largevae.likelihoods.GaussianSettings;
import org.largevae.likelihoods.GaussianVariance;
import org.largevae.likelihoods.RealColumns;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.StandardPrior;

/** A table with columns of every kind, trained on, saved and opened again. */
class MixedTableTest {
  private static final DataDescription DATA =
      DataDescription.of(
          List.of(
              new Column("group", ValueKinds.category(3)),
              new Column("size", ValueKinds.REAL, true),
              new Column("visits", ValueKinds.COUNT, true),
              new Column("grade", ValueKinds.ordinal(4)),
              new Column("price", ValueKinds.POSITIVE, true),
              new Column("sold", ValueKinds.BINARY)));
  private static final ModelShape SHAPE = ModelShape.of(DATA, 2);

  @TempDir private Path folder;

  private static Vae model() {
    ColumnsSettings settings =
        new ColumnsSettings(
            RealColumns.GAUSSIAN,
            CountColumns.NEGATIVE_BINOMIAL,
            new GaussianSettings(GaussianVariance.COLUMN, -6, 2));
    return Vae.of(
        SHAPE,
        new GatedMlpEncoder(SHAPE, 20),
        new StandardPrior(SHAPE),
        new GatedMlpDecoder(SHAPE, new Columns(settings, DATA), 20));
  }

  /** Two kinds of rows, of equal frequency: the first column tells which, all others follow. */
  private static float[][] rows(int count, long seed, boolean gaps) {
    Random random = new Random(seed);
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      boolean first = random.nextBoolean();
      rows[i] =
          new float[] {
            first ? 0 : 2,
            (float) ((first ? -1 : 1) + 0.1 * random.nextGaussian()),
            first ? random.nextInt(2) : 20 + random.nextInt(5),
            first ? 0 : 3,
            (float) Math.exp((first ? -1 : 1) + 0.1 * random.nextGaussian()),
            first ? 0 : 1
          };
      if (gaps && i % 3 == 0) {
        rows[i][new int[] {1, 2, 4}[i / 3 % 3]] = Float.NaN;
      }
    }
    return rows;
  }

  /** Rows of two kinds tell them once; independent columns would have to tell them six times. */
  @Test
  void allKindsAreLearntTogether() {
    float[][] test = rows(200, 2, false);
    try (TrainedVae trained =
        model().trainer(rows(1000, 1, true)).device("cpu").epochs(40).learningRate(5e-3).train()) {
      double found = Arrays.stream(trained.elbo(test, 20, 3)).average().orElseThrow();
      assertThat(found).isGreaterThan(independent());

      float[][] drawn = trained.sample(50, 4);
      assertThat(drawn).hasDimensions(50, 6);
      trained.save(folder.resolve("run"));
      double[] before = trained.logLikelihood(test, 10, 5);
      try (TrainedVae opened = model().open(folder.resolve("run"), "cpu")) {
        assertThat(opened.logLikelihood(test, 10, 5)).containsExactly(before);
      }
    }
  }

  /** The mean log-density of a row under the columns' own true distributions, as if independent. */
  private static double independent() {
    double logTwo = Math.log(2);
    double narrow = -0.5 * Math.log(2 * Math.PI * Math.E * 0.01) - logTwo;
    double count = -logTwo - (logTwo + Math.log(5)) / 2;
    // the log of the price is 0 on average, so its density is that of its logarithm
    return -3 * logTwo + 2 * narrow + count;
  }
}
