package org.largevae.runner.application;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.largevae.api.component.ModelShape;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.core.model.VariationalAutoencoder;

/**
 * A trained variational autoencoder for use in an application:
 *
 * <pre>{@code
 * try (TrainedVae vae = TrainedVae.open(Path.of("runs/digits-vampprior"))) {
 *   float[] latent = vae.encode(example);
 *   double logLikelihood = vae.logLikelihood(example, 500, 1);
 *   BufferedImage generated = vae.images().sample(1, 1).get(0);
 * }
 * }</pre>
 *
 * <p>An example is D values, channel by channel, row by row, in the model's {@link #support()}: 0
 * or 1 for binary data, (p + 0.5) / 256 for a pixel p, any finite number for real data. A latent is
 * M finite numbers. {@link #images()} takes and gives pictures, {@link #tensors} the engine's
 * arrays.
 *
 * <p>Several threads may use one object at a time; each gets what it would get alone. Draws depend
 * on the seed alone, in a batch on the example's place too. Densities are natural logarithms.
 *
 * <p>Every method throws {@link org.largevae.api.tensor.ShapeException} where an example or a
 * latent has another length, {@link org.largevae.api.data.DataException} where a value is outside
 * of the support, and {@link IllegalStateException} after {@link #close()}.
 */
public final class TrainedVae implements AutoCloseable {
  private final ModelShape shape;
  private final Inference inference;
  private final double threshold;

  /**
   * Takes over a model.
   *
   * @param model its parameters stand still from now on; closed with this
   * @param threshold the intensity in [0, 1] above which a pixel counts as 1 in binary data
   */
  TrainedVae(VariationalAutoencoder model, double threshold) {
    this.shape = model.shape();
    this.inference = new Inference(model);
    this.threshold = threshold;
  }

  /**
   * Opens the folder of a run, on a GPU if there is one. Its data are not needed.
   *
   * @param folder the run's folder
   * @return the model with the run's best weights
   * @throws org.largevae.api.config.ConfigurationException if the folder holds no run, one of the
   *     model's components is not installed, or the engine's native library is missing
   * @throws org.largevae.api.data.DataException if the run's files are damaged or were written by a
   *     newer version
   */
  public static TrainedVae open(Path folder) {
    return at(folder).open();
  }

  /**
   * Chooses how to open the folder of a run.
   *
   * @param folder the run's folder
   * @return options, and {@link VaeOpener#open()}
   */
  public static VaeOpener at(Path folder) {
    return new VaeOpener(Objects.requireNonNull(folder, "folder is null"));
  }

  /**
   * The shape of an example.
   *
   * @return channels, height and width
   */
  public DataShape shape() {
    return shape.data();
  }

  /**
   * Which values an example may have.
   *
   * @return the support
   */
  public Support support() {
    return shape.support();
  }

  /**
   * The length of a latent.
   *
   * @return M
   */
  public int latentSize() {
    return shape.latentSize();
  }

  /**
   * The same model for pictures.
   *
   * @return a view, good as long as this is open
   * @throws org.largevae.api.config.ConfigurationException if the examples are no images or hold
   *     real numbers, for which it is not known how a pixel becomes one
   */
  public VaeImages images() {
    return new VaeImages(this, threshold);
  }

  /**
   * The same model for the engine's arrays.
   *
   * @param owner owns the results
   * @return a view, good as long as this is open
   */
  public VaeTensors tensors(NDManager owner) {
    return new VaeTensors(this, Objects.requireNonNull(owner, "owner is null"));
  }

  /**
   * The mean of the posterior q(z|x).
   *
   * @param example D values
   * @return M values
   */
  public float[] encode(float[] example) {
    return encode(new float[][] {example})[0];
  }

  /** {@link #encode(float[])} of each example: shape (B, D) gives (B, M). */
  public float[][] encode(float[][] examples) {
    check(examples);
    return inference.rows(examples, (pass, x, from) -> pass.encode(x));
  }

  /**
   * A draw from the posterior q(z|x).
   *
   * @param example D values
   * @param seed of the draw
   * @return M values
   */
  public float[] encodeSample(float[] example, long seed) {
    return encodeSample(new float[][] {example}, seed)[0];
  }

  /** {@link #encodeSample(float[], long)} of each example: shape (B, D) gives (B, M). */
  public float[][] encodeSample(float[][] examples, long seed) {
    check(examples);
    return inference.rows(
        examples, (pass, x, from) -> Inference.drawPosterior(pass, x, seed, from));
  }

  /**
   * What the model expects at a latent.
   *
   * @param latent M values
   * @return the mean of p(x|z), D values; for binary data the probabilities of a 1
   */
  public float[] decode(float[] latent) {
    return decode(new float[][] {latent})[0];
  }

  /** {@link #decode(float[])} of each latent: shape (B, M) gives (B, D). */
  public float[][] decode(float[][] latents) {
    ExampleChecks.latents(latents, shape);
    return inference.rows(latents, (pass, z, from) -> pass.decode(z));
  }

  /**
   * Encodes and decodes an example, through the mean of its posterior.
   *
   * @param example D values
   * @return the mean of p(x|z), D values
   */
  public float[] reconstruct(float[] example) {
    return reconstruct(new float[][] {example})[0];
  }

  /** {@link #reconstruct(float[])} of each example: shape (B, D) gives (B, D). */
  public float[][] reconstruct(float[][] examples) {
    check(examples);
    return inference.rows(examples, (pass, x, from) -> pass.decode(pass.encode(x)));
  }

  /**
   * Draws latents from the prior and decodes them; with the same seed the pictures of {@code vae
   * sample}.
   *
   * @param count n, at least 1
   * @param seed of the draws
   * @return the means of p(x|z), shape (n, D)
   */
  public float[][] sample(int count, long seed) {
    ExampleChecks.atLeast("count", count, 1);
    float[][] latents =
        inference.compute(pass -> Inference.split(Inference.drawPrior(pass, count, seed)));
    return decode(latents);
  }

  /**
   * Decodes the straight line between the encodings of two examples.
   *
   * @param from one example, D values
   * @param to another
   * @param steps how many points, at least 2: both ends are among them
   * @return shape (steps, D)
   */
  public float[][] interpolate(float[] from, float[] to, int steps) {
    return interpolate(from, to, steps, Interpolation.LINEAR);
  }

  /**
   * Decodes a path between the encodings of two examples.
   *
   * @param from one example, D values
   * @param to another
   * @param steps how many points, at least 2: both ends are among them
   * @param path which way
   * @return shape (steps, D)
   */
  public float[][] interpolate(float[] from, float[] to, int steps, Interpolation path) {
    ExampleChecks.atLeast("steps", steps, 2);
    float[][] ends = encode(new float[][] {from, to});
    return decode(path.path(ends[0], ends[1], steps));
  }

  /**
   * Estimates log p(x) by importance sampling from q(z|x) (Burda et al. 2016, equation 8). The
   * estimate is low on average, the less so the more samples.
   *
   * @param example D values
   * @param samples S, draws of z, at least 1
   * @param seed of the draws
   * @return in nats; negative infinity where the model gives no density to any draw
   * @throws ArithmeticException if a density is NaN; the message names the component that gave it
   */
  public double logLikelihood(float[] example, int samples, long seed) {
    return logLikelihood(new float[][] {example}, samples, seed)[0];
  }

  /** {@link #logLikelihood(float[], int, long)} of each example: shape (B, D) gives B values. */
  public double[] logLikelihood(float[][] examples, int samples, long seed) {
    check(examples);
    return inference.scores(examples, samples, seed).logLikelihoods();
  }

  /**
   * Estimates the evidence lower bound {@code E_q[log p(x|z) + log p(z) - log q(z|x)]}.
   *
   * @param example D values
   * @param samples S, draws of z, at least 1
   * @param seed of the draws
   * @return in nats; negative infinity where the model gives no density to a draw
   * @throws ArithmeticException if a density is NaN; the message names the component that gave it
   */
  public double elbo(float[] example, int samples, long seed) {
    return elbo(new float[][] {example}, samples, seed)[0];
  }

  /** {@link #elbo(float[], int, long)} of each example: shape (B, D) gives B values. */
  public double[] elbo(float[][] examples, int samples, long seed) {
    check(examples);
    return inference.scores(examples, samples, seed).elbos();
  }

  /**
   * {@code -log2 p(x) / D}, by importance sampling.
   *
   * @param example D values
   * @param samples S, draws of z, at least 1
   * @param seed of the draws
   * @return bits per dimension
   */
  public double bitsPerDimension(float[] example, int samples, long seed) {
    return bitsPerDimension(new float[][] {example}, samples, seed)[0];
  }

  /** {@link #bitsPerDimension(float[], int, long)} of each example: (B, D) gives B values. */
  public double[] bitsPerDimension(float[][] examples, int samples, long seed) {
    double nats = shape.dimensions() * Math.log(2);
    return Arrays.stream(logLikelihood(examples, samples, seed)).map(v -> -v / nats).toArray();
  }

  Inference inference() {
    return inference;
  }

  private void check(float[][] examples) {
    ExampleChecks.examples(examples, shape.data(), shape.support());
  }

  /** Frees the model once the calls at work are done. Closing again does nothing. */
  @Override
  public void close() {
    inference.close();
  }
}
