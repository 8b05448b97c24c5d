package org.largevae.core.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.LatentDistribution;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.prior.Prior;
import org.largevae.core.model.Components;

/**
 * Probabilistic PCA with one latent (Tipping and Bishop 1999) as a model: z ~ N(0, 1), x ~ N(w z +
 * b, s^2 I). Its posterior is N(w^T (x - b) / (w^T w + s^2), s^2 / (w^T w + s^2)).
 */
public final class LinearGaussian {
  public static final int DIMENSIONS = 3;
  public static final ModelShape SHAPE =
      new ModelShape(new DataShape(1, 1, DIMENSIONS), Support.REAL, 1);

  private static final float[] WEIGHT = {1.5f, -0.5f, 0.8f};
  private static final float[] BIAS = {0.3f, 0f, -1f};
  private static final double NOISE_VARIANCE = 0.49;
  private static final double WEIGHT_SQUARED = 1.5 * 1.5 + 0.5 * 0.5 + 0.8 * 0.8;

  private LinearGaussian() {}

  /** The model; its encoder's mean is off by some posterior standard deviations. */
  public static Components components(double shift) {
    double total = WEIGHT_SQUARED + NOISE_VARIANCE;
    double variance = NOISE_VARIANCE / total;
    return new Components(
        (x, pass) -> {
          NDArray weight = pass.manager().create(WEIGHT, new Shape(DIMENSIONS, 1));
          NDArray centred = x.sub(pass.manager().create(BIAS));
          NDArray mean =
              centred
                  .matMul(weight)
                  .mul(pass.manager().full(new Shape(), (float) (1 / total)))
                  .add(shift * Math.sqrt(variance));
          return new DiagonalGaussian(
              mean,
              mean.onesLike().mul(pass.manager().full(new Shape(), (float) Math.log(variance))));
        },
        (z, pass) -> {
          NDArray weight = pass.manager().create(WEIGHT, new Shape(1, DIMENSIONS));
          return new NDList(z.matMul(weight).add(pass.manager().create(BIAS)));
        },
        standardNormal(),
        new FixedVarianceGaussian());
  }

  /** Draws from the model. */
  public static float[] examples(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count * DIMENSIONS];
    for (int i = 0; i < count; i++) {
      double z = random.nextGaussian();
      for (int d = 0; d < DIMENSIONS; d++) {
        double noise = Math.sqrt(NOISE_VARIANCE) * random.nextGaussian();
        values[i * DIMENSIONS + d] = (float) (WEIGHT[d] * z + BIAS[d] + noise);
      }
    }
    return values;
  }

  /** log N(x | b, w w^T + s^2 I), by the matrix determinant lemma and Sherman-Morrison. */
  public static double logEvidence(float[] values, int example) {
    double squared = 0;
    double projected = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      double centred = (double) values[example * DIMENSIONS + d] - BIAS[d];
      squared += centred * centred;
      projected += centred * WEIGHT[d];
    }
    double total = WEIGHT_SQUARED + NOISE_VARIANCE;
    double quadratic = (squared - projected * projected / total) / NOISE_VARIANCE;
    double logDeterminant = (DIMENSIONS - 1) * Math.log(NOISE_VARIANCE) + Math.log(total);
    return -0.5 * (DIMENSIONS * Math.log(2 * Math.PI) + logDeterminant + quadratic);
  }

  private static Prior standardNormal() {
    return context ->
        new LatentDistribution() {
          @Override
          public NDArray logProb(NDArray z) {
            NDArray doubled = z.square().sum(new int[] {1}).add(Math.log(2 * Math.PI));
            return doubled.mul(z.getManager().full(new Shape(), -0.5f));
          }

          @Override
          public NDArray sample(int count) {
            return context.pass().manager().randomNormal(new Shape(count, 1));
          }
        };
  }

  private static final class FixedVarianceGaussian implements Likelihood {
    @Override
    public List<String> parameterNames() {
      return List.of("mean");
    }

    @Override
    public Set<Support> supports() {
      return Set.of(Support.REAL);
    }

    @Override
    public NDArray logProb(NDArray x, NDList parameters, Pass pass) {
      NDArray squared = x.sub(parameters.get(0)).square().sum(new int[] {2});
      double constant = DIMENSIONS * Math.log(2 * Math.PI * NOISE_VARIANCE) / 2;
      return squared
          .mul(pass.manager().full(new Shape(), (float) (-0.5 / NOISE_VARIANCE)))
          .sub(constant);
    }

    @Override
    public NDArray mean(NDList parameters, Pass pass) {
      return parameters.get(0);
    }

    @Override
    public NDArray sample(NDList parameters, Pass pass) {
      throw new UnsupportedOperationException("no test draws data from this likelihood");
    }
  }
}
