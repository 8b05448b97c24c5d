package org.largevae.runner.application;

import java.util.Arrays;
import org.largevae.api.data.Support;
import org.largevae.core.testing.TinyModels;

/** Trainers of models so small that they are trained at once. */
final class TinyVaes {
  static final String CONFIGURATION =
      """
      experiment { seed = 3, threads = 1, device = cpu }
      model {
        latent-size = 2
        encoder { type = gated-mlp, hidden = [8] }
        decoder { type = gated-mlp, hidden = [8] }
        prior { type = vampprior, pseudo-inputs = 4 }
      }
      training { epochs = 3, batch-size = 10, optimizer { learning-rate = 0.01 } }
      evaluation { importance-samples = 20, validation-importance-samples = 5 }
      """;

  private TinyVaes() {}

  static float[][] examples(Support support, int count, long seed) {
    float[] values = TinyModels.examples(support, count, seed);
    int dimensions = TinyModels.DATA.dimensions();
    float[][] rows = new float[count][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * dimensions, (i + 1) * dimensions));
    return rows;
  }

  static VaeTrainer trainer(Support support) {
    return VaeTrainer.on(examples(support, 60, 1), TinyModels.DATA, support)
        .configure(CONFIGURATION);
  }

  static TrainedVae train(Support support) {
    return trainer(support).train();
  }
}
