package org.largevae.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.prior.Prior;
import org.largevae.likelihoods.Gaussian;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.StandardPrior;

/** A small model of real values and examples for it. */
final class SmallVae {
  static final int DIMENSIONS = 4;
  static final DataDescription DATA =
      DataDescription.of(new DataShape(1, 1, DIMENSIONS), ValueKinds.REAL);
  static final ModelShape SHAPE = ModelShape.of(DATA, 2);

  private SmallVae() {}

  static Vae create() {
    return create(new StandardPrior(SHAPE));
  }

  static Vae create(Prior prior) {
    return Vae.of(
        SHAPE,
        new GatedMlpEncoder(SHAPE, 5),
        prior,
        new GatedMlpDecoder(SHAPE, new Gaussian(DATA), 5));
  }

  /** Correlated values around 0. */
  static float[][] examples(int count, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][DIMENSIONS];
    for (float[] row : rows) {
      double factor = random.nextGaussian();
      for (int d = 0; d < DIMENSIONS; d++) {
        row[d] = (float) (factor * (d - 1.5) + 0.3 * random.nextGaussian());
      }
    }
    return rows;
  }

  /** Steps of 10 examples on the CPU; 36 of 40 examples are trained on, so 4 steps an epoch. */
  static VaeTrainer trainer(Vae vae) {
    return trainer(vae, examples(40, 1));
  }

  /** The same with examples of one's own. */
  static VaeTrainer trainer(Vae vae, float[][] examples) {
    return vae.trainer(examples).device("cpu").batchSize(10).epochs(3);
  }

  /** True from the given question on. */
  static BooleanSupplier atStep(int step) {
    AtomicInteger asked = new AtomicInteger();
    return () -> asked.incrementAndGet() >= step;
  }

  static Map<String, float[]> parameters(TrainedVae vae) {
    Map<String, float[]> values = new LinkedHashMap<>();
    vae.shared()
        .run(
            model ->
                model.arrays().forEach((name, array) -> values.put(name, array.toFloatArray())));
    return values;
  }

  /** The newest checkpoint below a folder. */
  static Path checkpoint(Path folder) {
    try (Stream<Path> all = Files.list(folder.resolve("checkpoints"))) {
      return all.max(Comparator.naturalOrder()).orElseThrow();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
