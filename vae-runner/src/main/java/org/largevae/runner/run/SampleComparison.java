package org.largevae.runner.run;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.core.TrainedVae;
import org.largevae.core.data.Scales;
import org.largevae.core.evaluation.SampleQuality;
import org.largevae.core.preparation.Examples;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.core.results.Fidelity;
import org.largevae.core.results.SampleResult;

/** Compares what a model draws with a run's test examples. */
final class SampleComparison {
  private static final int MOST = 2000;
  private static final int FEWEST = 50;
  private static final int NEIGHBOURS = 5;
  private static final int TIMED = 1000;

  private SampleComparison() {}

  /**
   * Draws as many examples as there are of test, at most 2,000, and compares them.
   *
   * @param vae the model
   * @param dataset the run's
   * @param seed of the draws
   * @return empty for too few examples, for values without a distance or of several kinds, and
   *     where some are missing
   */
  static Optional<SampleResult> of(TrainedVae vae, PreparedDataset dataset, long seed) {
    DataDescription data = dataset.data();
    int count = Math.min(MOST, Math.min(dataset.test().size(), dataset.training().size()));
    boolean comparable = data.singleKind().filter(SampleComparison::hasDistance).isPresent();
    if (!comparable || data.hasMissing() || count < FEWEST) {
      return Optional.empty();
    }
    float[][] real = scaled(rows(dataset.test(), count), data);
    float[][] training = rows(dataset.training(), count);
    if (dataset.resampled()) {
      draw(training, new SplittableRandom(seed));
    }
    // before the clock: what is slow the first time
    float[][] drawn = vae.drawExamples(count, seed);
    long begin = System.nanoTime();
    vae.drawExamples(TIMED, seed);
    double seconds = (System.nanoTime() - begin) * 1e-9;
    Fidelity means =
        data.singleKind().get().equals(ValueKinds.BINARY) || !vae.hasMeans()
            ? null
            : compare(real, vae.sample(count, seed), data);
    return Optional.of(
        new SampleResult(
            count,
            NEIGHBOURS,
            compare(real, drawn, data),
            means,
            compare(real, training, data),
            seconds));
  }

  private static boolean hasDistance(ValueKind kind) {
    return !(kind instanceof ValueKinds.Category);
  }

  private static Fidelity compare(float[][] real, float[][] others, DataDescription data) {
    return SampleQuality.compare(real, scaled(others, data), NEIGHBOURS);
  }

  /** Examples from the whole part, evenly: its order may mean something. */
  private static float[][] rows(Examples examples, int count) {
    long size = examples.size();
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              float[] row = new float[examples.dimensions()];
              examples.copy((int) (i * size / count), row, 0);
              return row;
            })
        .toArray(float[][]::new);
  }

  private static void draw(float[][] probabilities, SplittableRandom random) {
    for (float[] row : probabilities) {
      for (int d = 0; d < row.length; d++) {
        row[d] = random.nextDouble() < row[d] ? 1 : 0;
      }
    }
  }

  /** In a model's units, which weigh the values of a table alike. */
  private static float[][] scaled(float[][] rows, DataDescription data) {
    Scales scales = Scales.of(data);
    float[][] scaled = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      scaled[i] = scales.toModel(rows[i]);
    }
    return scaled;
  }
}
