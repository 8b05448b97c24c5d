package org.largevae.core.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Latents;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.network.Decoder;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.model.OneLevelVae;
import org.largevae.core.preparation.Examples;
import org.largevae.priors.StandardPrior;

/**
 * Probabilistic PCA with one latent (Tipping and Bishop 1999) as a model: z ~ N(0, 1), x ~ N(w z +
 * b, s^2 I). Its posterior is N(w^T (x - b) / (w^T w + s^2), s^2 / (w^T w + s^2)).
 */
public final class LinearGaussian {
  public static final int DIMENSIONS = 3;
  public static final ModelShape SHAPE =
      ModelShape.of(DataDescription.of(new DataShape(1, 1, DIMENSIONS), ValueKinds.REAL), 1);

  private static final float[] WEIGHT = {1.5f, -0.5f, 0.8f};
  private static final float[] BIAS = {0.3f, 0f, -1f};
  private static final double NOISE_VARIANCE = 0.49;
  private static final double WEIGHT_SQUARED = 1.5 * 1.5 + 0.5 * 0.5 + 0.8 * 0.8;

  private LinearGaussian() {}

  /** The model; its encoder's mean is off by some posterior standard deviations. */
  public static OneLevelVae vae(double shift) {
    double total = WEIGHT_SQUARED + NOISE_VARIANCE;
    double variance = NOISE_VARIANCE / total;
    return new OneLevelVae(
        SHAPE,
        (batch, above, pass) -> {
          NDArray weight = pass.manager().create(WEIGHT, new Shape(DIMENSIONS, 1));
          NDArray centred = batch.x().sub(pass.manager().create(BIAS));
          NDArray mean =
              Tensors.multiply(centred.matMul(weight), 1 / total).add(shift * Math.sqrt(variance));
          return new DiagonalGaussian(mean, Tensors.multiply(mean.onesLike(), Math.log(variance)));
        },
        new StandardPrior(SHAPE),
        new LinearDecoder());
  }

  /** Draws from the model. */
  public static Examples examples(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count * DIMENSIONS];
    for (int i = 0; i < count; i++) {
      double z = random.nextGaussian();
      for (int d = 0; d < DIMENSIONS; d++) {
        double noise = Math.sqrt(NOISE_VARIANCE) * random.nextGaussian();
        values[i * DIMENSIONS + d] = (float) (WEIGHT[d] * z + BIAS[d] + noise);
      }
    }
    return new Examples(count, DIMENSIONS, values);
  }

  /** log N(x | b, w w^T + s^2 I), by the matrix determinant lemma and Sherman-Morrison. */
  public static double logEvidence(Examples examples, int example) {
    double squared = 0;
    double projected = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      double centred = (double) examples.values()[example * DIMENSIONS + d] - BIAS[d];
      squared += centred * centred;
      projected += centred * WEIGHT[d];
    }
    double total = WEIGHT_SQUARED + NOISE_VARIANCE;
    double quadratic = (squared - projected * projected / total) / NOISE_VARIANCE;
    double logDeterminant = (DIMENSIONS - 1) * Math.log(NOISE_VARIANCE) + Math.log(total);
    return -0.5 * (DIMENSIONS * Math.log(2 * Math.PI) + logDeterminant + quadratic);
  }

  private static final class LinearDecoder implements Decoder {
    @Override
    public Likelihood likelihood() {
      return new FixedVarianceGaussian();
    }

    @Override
    public Density decode(Latents latents, Pass pass) {
      NDArray weight = pass.manager().create(WEIGHT, new Shape(1, DIMENSIONS));
      NDArray mean = latents.lowest().matMul(weight).add(pass.manager().create(BIAS));
      return likelihood().of(mean, pass);
    }
  }

  private static final class FixedVarianceGaussian implements Likelihood {
    @Override
    public Shape parameters() {
      return new Shape(DIMENSIONS);
    }

    @Override
    public boolean supports(ValueKind kind) {
      return kind.equals(ValueKinds.REAL);
    }

    @Override
    public Density of(NDArray parameters, Pass pass) {
      return new DiagonalGaussian(
          parameters, Tensors.multiply(parameters.onesLike(), Math.log(NOISE_VARIANCE)));
    }
  }
}
