package org.largevae.core;

import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ModelShape;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.prior.Prior;
import org.largevae.core.testing.TinyData;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.VampPrior;

/** Models so small that they are trained at once, put together in Java. */
final class TinyVaes {
  static final int EXAMPLES = 60;
  private static final int LATENT_SIZE = 2;
  private static final int HIDDEN = 8;

  private TinyVaes() {}

  static Vae vae(TinyData data) {
    return vae(data.description(), data.likelihood());
  }

  static Vae vae(DataDescription data, Likelihood likelihood) {
    ModelShape shape = ModelShape.of(data, LATENT_SIZE);
    return vae(shape, new VampPrior(shape, 4), likelihood);
  }

  static Vae vae(ModelShape shape, Prior prior, Likelihood likelihood) {
    return Vae.of(
        shape,
        new GatedMlpEncoder(shape, HIDDEN),
        prior,
        new GatedMlpDecoder(shape, likelihood, HIDDEN));
  }

  static VaeTrainer trainer(TinyData data) {
    return trainer(vae(data), data.rows(EXAMPLES, 1));
  }

  static VaeTrainer trainer(Vae vae, float[][] examples) {
    return vae.trainer(examples)
        .seed(3)
        .threads(1)
        .device("cpu")
        .epochs(3)
        .batchSize(10)
        .learningRate(0.01);
  }

  static TrainedVae train(TinyData data) {
    return trainer(data).train();
  }
}
