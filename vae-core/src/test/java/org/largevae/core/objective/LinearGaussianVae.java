package org.largevae.core.objective;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Latents;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.model.Draws;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.Encoder;
import org.largevae.api.objective.Loss;
import org.largevae.api.objective.Objective;
import org.largevae.api.prior.Prior;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.engine.Seeds;
import org.largevae.core.engine.StepParameters;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.OneLevelVae;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.likelihoods.Gaussian;

/**
 * Probabilistic PCA (Tipping and Bishop 1999) with two latents whose exact posterior is diagonal,
 * since the columns of W are orthogonal: z ~ N(0, I), x ~ N(W z + b, s^2 I), and q(z|x) = N(A x +
 * c, diag v) with A, c and log v as parameters. What is exact is computed here in double.
 */
final class LinearGaussianVae implements AutoCloseable {
  static final int DIMENSIONS = 3;
  static final int LATENTS = 2;
  static final ModelShape SHAPE =
      ModelShape.of(DataDescription.of(new DataShape(1, 1, DIMENSIONS), ValueKinds.REAL), LATENTS);
  static final float[] EXAMPLE = {0.9f, -0.7f, 0.4f};

  private static final double[][] W = {{1, 0.5}, {-0.5, 1}, {0.8, 0}};
  private static final double[] B = {0.3, 0, -1};
  private static final double NOISE = 0.5;

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final ParameterizedModel model;
  private final Map<Parameter, Boolean> readDirectly = new IdentityHashMap<>();
  private final double shift;
  private final double spread;

  /**
   * A model.
   *
   * @param prior its prior
   * @param shift added to the exact posterior's means
   * @param spread added to the exact posterior's log variances
   */
  LinearGaussianVae(Prior prior, double shift, double spread) {
    this.shift = shift;
    this.spread = spread;
    OneLevelVae vae = new OneLevelVae(SHAPE, new LinearEncoder(), prior, new LinearDecoder());
    ResidentExamples training =
        new ResidentExamples(manager.create(EXAMPLE, new Shape(1, DIMENSIONS)));
    model = ModelFactory.initialize(vae, ModelFactory.classNames(vae), Device.cpu(), 5, training);
  }

  /** A standard Gaussian prior, under which the exact posterior is known. */
  static Prior standard() {
    return context -> DiagonalGaussian.standard(context.pass().manager(), LATENTS);
  }

  private static double gain(int latent) {
    return Arrays.stream(W).mapToDouble(row -> row[latent] * row[latent]).sum();
  }

  static double posteriorVariance(int latent) {
    return 1 / (1 + gain(latent) / NOISE);
  }

  private static double[] posteriorMean(float[] x) {
    double[] mean = new double[LATENTS];
    for (int j = 0; j < LATENTS; j++) {
      for (int d = 0; d < DIMENSIONS; d++) {
        mean[j] += posteriorVariance(j) * W[d][j] * (x[d] - B[d]) / NOISE;
      }
    }
    return mean;
  }

  private double variance(int latent) {
    return posteriorVariance(latent) * Math.exp(spread);
  }

  private double[] mean(float[] x) {
    return Arrays.stream(posteriorMean(x)).map(m -> m + shift).toArray();
  }

  private static double logNormal(double x, double mean, double variance) {
    return -0.5 * (Math.log(2 * Math.PI * variance) + (x - mean) * (x - mean) / variance);
  }

  private static double logLikelihood(float[] x, double[] z) {
    double sum = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      double mean = B[d];
      for (int j = 0; j < LATENTS; j++) {
        mean += W[d][j] * z[j];
      }
      sum += logNormal(x[d], mean, NOISE);
    }
    return sum;
  }

  /** log p(x) by Bayes' rule at one z: log p(x|z) + log p(z) - log p(z|x). */
  static double logEvidence(float[] x) {
    double[] z = posteriorMean(x);
    double sum = logLikelihood(x, z);
    for (int j = 0; j < LATENTS; j++) {
      sum += logNormal(z[j], 0, 1) - logNormal(z[j], z[j], posteriorVariance(j));
    }
    return sum;
  }

  /** KL(q(z_j|x) || N(0, 1)) of each latent. */
  double[] kl(float[] x) {
    double[] kl = new double[LATENTS];
    for (int j = 0; j < LATENTS; j++) {
      double mean = mean(x)[j];
      kl[j] = 0.5 * (variance(j) + mean * mean - 1 - Math.log(variance(j)));
    }
    return kl;
  }

  /** E_q[log p(x|z)]. */
  double reconstruction(float[] x) {
    double sum = logLikelihood(x, mean(x));
    for (int j = 0; j < LATENTS; j++) {
      sum -= 0.5 * variance(j) * gain(j) / NOISE;
    }
    return sum;
  }

  /** E_q[log p(x|z)] - KL(q(z|x) || N(0, I)). */
  double elbo(float[] x) {
    return reconstruction(x) - Arrays.stream(kl(x)).sum();
  }

  /** Copies of the example, whose mean gradient is that of as many independent draws. */
  private Batch copies(int count) {
    NDArray one = manager.create(EXAMPLE, new Shape(1, DIMENSIONS));
    return Batch.of(one.broadcast(count, DIMENSIONS));
  }

  /**
   * Reads something from an objective's loss, the mean over copies of the example.
   *
   * @param objective the objective
   * @param beta the weight of KL
   * @param samples S
   * @param copies B
   * @param seed of the draws
   * @param part of the loss
   * @return its value
   */
  double read(
      Objective objective,
      double beta,
      int samples,
      int copies,
      long seed,
      Function<Loss, NDArray> part) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Draws draws;
      try (Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.STEP, 1, 1)) {
        draws = model.begin().draw(copies(copies), samples);
      }
      NDArray value = part.apply(objective.loss(draws, beta));
      return value.expandDims(0).toType(DataType.FLOAT64, false).getDouble(0);
    }
  }

  /**
   * The gradient of an objective's loss.
   *
   * @param objective the objective
   * @param beta the weight of KL
   * @param samples S
   * @param copies B
   * @param seed of the draws
   * @param between done between forward and backward
   * @return by the parameters' names
   */
  Map<String, double[]> gradient(
      Objective objective, double beta, int samples, int copies, long seed, Runnable between) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    try (StepParameters parameters = new StepParameters(model.manager(), readDirectly);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        Draws draws;
        try (Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.STEP, 1, 1)) {
          Pass pass = Pass.training(model.manager(), parameters);
          draws = model.begin(pass).draw(copies(copies), samples);
        }
        NDArray loss = objective.loss(draws, beta).value();
        between.run();
        collector.backward(loss);
      }
      model
          .parameters()
          .forEach(
              (name, parameter) ->
                  gradients.put(
                      name,
                      parameters
                          .gradient(parameter)
                          .toType(DataType.FLOAT64, false)
                          .toDoubleArray()));
    }
    return gradients;
  }

  @Override
  public void close() {
    model.close();
    manager.close();
  }

  /** Values as the start of a parameter. */
  private static Parameter start(ParameterBlock block, String name, Shape shape, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return block.add(name, shape, (owner, s, type) -> owner.create(floats, shape));
  }

  private final class LinearEncoder implements Encoder {
    private final ParameterBlock block = new ParameterBlock();
    private final Parameter weight;
    private final Parameter bias;
    private final Parameter logVariance;

    LinearEncoder() {
      double[] weights = new double[DIMENSIONS * LATENTS];
      double[] biases = new double[LATENTS];
      double[] logVariances = new double[LATENTS];
      for (int j = 0; j < LATENTS; j++) {
        biases[j] = shift;
        logVariances[j] = Math.log(variance(j));
        for (int d = 0; d < DIMENSIONS; d++) {
          weights[d * LATENTS + j] = posteriorVariance(j) * W[d][j] / NOISE;
          biases[j] -= weights[d * LATENTS + j] * B[d];
        }
      }
      weight = start(block, "weight", new Shape(DIMENSIONS, LATENTS), weights);
      bias = start(block, "bias", new Shape(LATENTS), biases);
      logVariance = start(block, "log_variance", new Shape(LATENTS), logVariances);
    }

    @Override
    public Optional<Block> block() {
      return Optional.of(block);
    }

    @Override
    public Distribution encode(Batch batch, Latents above, Pass pass) {
      NDArray mean = batch.x().matMul(pass.value(weight)).add(pass.value(bias));
      return new DiagonalGaussian(mean, mean.zerosLike().add(pass.value(logVariance)));
    }
  }

  private static final class LinearDecoder implements Decoder {
    private final ParameterBlock block = new ParameterBlock();
    private final Parameter weight;
    private final Parameter bias;

    LinearDecoder() {
      double[] transposed = new double[LATENTS * DIMENSIONS];
      for (int i = 0; i < transposed.length; i++) {
        transposed[i] = W[i % DIMENSIONS][i / DIMENSIONS];
      }
      weight = start(block, "weight", new Shape(LATENTS, DIMENSIONS), transposed);
      bias = start(block, "bias", new Shape(DIMENSIONS), B);
    }

    @Override
    public Optional<Block> block() {
      return Optional.of(block);
    }

    @Override
    public Likelihood likelihood() {
      return new Gaussian(SHAPE.data());
    }

    @Override
    public Density decode(Latents latents, Pass pass) {
      NDArray mean = latents.lowest().matMul(pass.value(weight)).add(pass.value(bias));
      return new DiagonalGaussian(mean, mean.zerosLike().add((float) Math.log(NOISE)));
    }
  }
}
