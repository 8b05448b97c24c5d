package org.largevae.core.testing;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.FullCovarianceGaussian;
import org.largevae.api.distribution.Latents;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.ConditionalPrior;
import org.largevae.core.model.HierarchicalVae;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.preparation.Examples;
import org.largevae.priors.StandardPrior;

/**
 * A chain of linear maps with Gaussian noise as a model of several levels: {@code z_L ~ N(0, I)},
 * {@code z_l = C_l z_above + c_l + tau_l eta} of all levels above side by side, {@code x = sum_l
 * A_l z_l + b + sigma eps}. All of (z_L, ..., z_1, x) is one Gaussian, so that p(x) and each
 * posterior {@code q(z_l | x, z above)}, a Gaussian with full covariance, are known; they are
 * computed here in double.
 */
public final class LinearGaussianChain {
  public static final int DIMENSIONS = 4;
  public static final DataDescription DATA =
      DataDescription.of(new DataShape(1, 1, DIMENSIONS), ValueKinds.REAL);

  private static final double[] SPREADS = {0.8, 0.5, 1.1};
  private static final double NOISE = 0.6;

  private final List<Integer> sizes;
  private final List<Affine> maps = new ArrayList<>();
  private final JointGaussian joint;

  /** {@code (rows x columns) v + shift + deviation noise}. */
  private record Affine(double[][] matrix, double[] shift, double deviation) {

    static Affine random(int rows, int columns, double deviation, Random random) {
      double[][] matrix = new double[rows][columns];
      for (double[] row : matrix) {
        Arrays.setAll(row, i -> 0.7 * random.nextGaussian());
      }
      double[] shift = random.doubles(rows, -1, 1).toArray();
      return new Affine(matrix, shift, deviation);
    }

    NDArray apply(NDArray v) {
      NDManager manager = v.getManager();
      NDArray weight = floats(manager, matrix).transpose();
      return v.matMul(weight).add(floats(manager, new double[][] {shift}).squeeze(0));
    }
  }

  /**
   * A chain.
   *
   * @param sizes the number of latents of each level, top first
   * @param seed of its maps
   */
  public LinearGaussianChain(List<Integer> sizes, long seed) {
    this.sizes = List.copyOf(sizes);
    Random random = new Random(seed);
    int above = sizes.get(0);
    JointGaussian sofar = JointGaussian.standard(above);
    for (int level = 1; level < sizes.size(); level++) {
      double deviation = SPREADS[level - 1];
      Affine map = Affine.random(sizes.get(level), above, deviation, random);
      maps.add(map);
      sofar = sofar.followedBy(map.matrix(), map.shift(), map.deviation());
      above += sizes.get(level);
    }
    Affine map = Affine.random(DIMENSIONS, above, NOISE, random);
    maps.add(map);
    this.joint = sofar.followedBy(map.matrix(), map.shift(), map.deviation());
  }

  /** The number of latents of all levels above one. */
  private int above(int level) {
    return sizes.subList(0, level).stream().mapToInt(size -> size).sum();
  }

  private int latents() {
    return above(sizes.size());
  }

  /** log p(x). */
  public double logEvidence(float[] x) {
    double[] values = IntStream.range(0, x.length).mapToDouble(d -> x[d]).toArray();
    return joint.marginal(latents(), DIMENSIONS).logDensity(values);
  }

  /**
   * How far the ELBO is below log p(x): the divergence from the exact posterior, level by level. It
   * is the same at any latents above, since the covariances do not depend on them.
   *
   * @param shift what the posteriors' means are off by
   * @param spread the factor of their standard deviations
   * @return in nats
   */
  public double gap(double shift, double spread) {
    double sum = 0;
    for (int level = 0; level < sizes.size(); level++) {
      int size = sizes.get(level);
      double[][] covariance = posterior(level).covariance();
      JointGaussian centred = new JointGaussian(new double[size], covariance);
      double[] off = new double[size];
      double atMean = centred.logDensity(off);
      Arrays.fill(off, shift);
      double squares = 2 * (atMean - centred.logDensity(off));
      sum += 0.5 * (size * (spread * spread - 1 - 2 * Math.log(spread)) + squares);
    }
    return sum;
  }

  /** The mean of a level's latents under the model. */
  public double[] priorMean(int level) {
    return joint.marginal(above(level), sizes.get(level)).mean();
  }

  /** The covariance of a level's latents under the model. */
  public double[][] priorCovariance(int level) {
    return joint.marginal(above(level), sizes.get(level)).covariance();
  }

  /** Draws from the model. */
  public Examples examples(int count, long seed) {
    Random random = new Random(seed);
    JointGaussian data = joint.marginal(latents(), DIMENSIONS);
    float[] values = new float[count * DIMENSIONS];
    for (int i = 0; i < count; i++) {
      double[] x = data.sample(random);
      for (int d = 0; d < DIMENSIONS; d++) {
        values[i * DIMENSIONS + d] = (float) x[d];
      }
    }
    return new Examples(count, DIMENSIONS, values);
  }

  /**
   * The model.
   *
   * @param shift what the posteriors' means are off by
   * @param spread the factor of their standard deviations
   * @return with the exact posteriors for a shift of 0 and a spread of 1
   */
  public HierarchicalVae vae(double shift, double spread) {
    List<Encoder> encoders = new ArrayList<>();
    List<ConditionalPrior> conditionals = new ArrayList<>();
    for (int level = 0; level < sizes.size(); level++) {
      encoders.add(encoder(level, shift, spread));
      if (level > 0) {
        Affine map = maps.get(level - 1);
        conditionals.add((above, pass) -> isotropic(map.apply(joined(above)), map.deviation()));
      }
    }
    return new HierarchicalVae(
        DATA,
        sizes,
        encoders,
        new StandardPrior(ModelShape.of(DATA, sizes.get(0))),
        conditionals,
        new LinearDecoder(maps.get(maps.size() - 1)));
  }

  /** The model, to be closed. */
  public ParameterizedModel model(double shift, double spread) {
    HierarchicalVae vae = vae(shift, spread);
    return ModelFactory.forLoading(vae, ModelFactory.classNames(vae), Device.cpu());
  }

  /** The exact posterior of a level given all above and x. */
  private JointGaussian.Conditional posterior(int level) {
    int above = above(level);
    int[] known =
        IntStream.concat(
                IntStream.range(0, above), IntStream.range(latents(), latents() + DIMENSIONS))
            .toArray();
    return joint.conditional(IntStream.range(above, above(level + 1)).toArray(), known);
  }

  private Encoder encoder(int level, double shift, double spread) {
    JointGaussian.Conditional exact = posterior(level);
    double[][] scale = JointGaussian.cholesky(exact.covariance());
    for (double[] row : scale) {
      Arrays.setAll(row, i -> spread * row[i]);
    }
    Affine map = new Affine(exact.matrix(), exact.shift(), 0);
    return (batch, latentsAbove, pass) -> {
      NDArray mean = map.apply(beside(latentsAbove, batch)).add((float) shift);
      NDArray factor = floats(mean.getManager(), scale);
      return new FullCovarianceGaussian(mean, factor.broadcast(mean.getShape().add(scale.length)));
    };
  }

  /** Shape (..., B, all above and D). */
  private static NDArray beside(Latents above, Batch batch) {
    NDArray x = batch.x();
    if (above.levels().isEmpty()) {
      return x;
    }
    NDArray z = joined(above);
    int last = z.getShape().dimension() - 1;
    return z.concat(x.broadcast(z.getShape().slice(0, last).add(DIMENSIONS)), last);
  }

  private static NDArray joined(Latents latents) {
    int last = latents.lowest().getShape().dimension() - 1;
    return latents.levels().stream().reduce((all, z) -> all.concat(z, last)).orElseThrow();
  }

  private static DiagonalGaussian isotropic(NDArray mean, double deviation) {
    return new DiagonalGaussian(mean, mean.zerosLike().add((float) (2 * Math.log(deviation))));
  }

  private static NDArray floats(NDManager manager, double[][] rows) {
    int columns = rows[0].length;
    float[] values = new float[rows.length * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / columns][i % columns];
    }
    return manager.create(values, new Shape(rows.length, columns));
  }

  private record LinearDecoder(Affine map) implements Decoder {
    @Override
    public Likelihood likelihood() {
      return new FixedVariance();
    }

    @Override
    public Density decode(Latents latents, Pass pass) {
      return likelihood().of(map.apply(joined(latents)), pass);
    }
  }

  private record FixedVariance() implements Likelihood {
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
      return isotropic(parameters, NOISE);
    }
  }
}
