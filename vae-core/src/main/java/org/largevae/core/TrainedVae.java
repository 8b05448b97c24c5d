package org.largevae.core;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.largevae.api.Internal;
import org.largevae.api.data.DataDescription;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Support;
import org.largevae.core.evaluation.Evaluation;
import org.largevae.core.evaluation.EvaluationSettings;
import org.largevae.core.evaluation.Scores;
import org.largevae.core.folder.SavedModel;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.preparation.Examples;

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
 * <p>An example is D values, channel by channel, row by row, of the kinds that {@link #data()}
 * names: 0 or 1 for binary data, (p + 0.5) / 256 for a pixel p, any finite number for real data;
 * NaN for a missing value, where values may be missing. A latent is M finite numbers. {@link
 * #images()} works on pictures, {@link #tensors} on the engine's arrays.
 *
 * <p>Several threads may use one object at a time; each gets what it would get alone. What is drawn
 * for an example, and so its score, depends on the seed and its own values only, not on what else
 * is in the batch or where: equal examples have equal scores, but for the rounding of float32,
 * which differs a little between batches of different sizes. Densities are natural logarithms.
 *
 * <p>Every method throws {@link org.largevae.api.tensor.ShapeException} where an example or a
 * latent has another length, {@link org.largevae.api.data.DataException} where a value is not of
 * its kind, and {@link IllegalStateException} after {@link #close()}.
 */
public final class TrainedVae implements AutoCloseable {
  private final DataDescription data;
  private final SharedModel shared;
  private final double threshold;
  private final JsonObject configuration;

  /** Takes over a model that was put together in Java. */
  TrainedVae(ParameterizedModel model, double threshold) {
    this(model, threshold, null);
  }

  /**
   * Takes over a model with its best weights; for the runs of experiments.
   *
   * @param model closed with this
   */
  @Internal
  public TrainedVae(ParameterizedModel model) {
    this(model, PictureScale.HALF, null);
  }

  /**
   * Takes over a model.
   *
   * @param model closed with this
   * @param threshold above which a pixel / 255 is a 1, for binary data
   * @param configuration that describes it; null for a model that was put together in Java
   */
  TrainedVae(ParameterizedModel model, double threshold, JsonObject configuration) {
    this.data = model.data();
    this.shared = new SharedModel(model);
    this.threshold = threshold;
    this.configuration = configuration;
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
   * What the examples are made of.
   *
   * @return their shape, and the kind of each value
   */
  public DataDescription data() {
    return data;
  }

  /**
   * The length of a latent: of all levels together, where the model has several.
   *
   * @return M
   */
  public int latentSize() {
    return shared.latentSize();
  }

  /**
   * Whether {@link #decode}, {@link #reconstruct} and {@link #sample} give means of p(x|z). Those
   * of an autoregressive decoder cannot be computed: draws stand for them there.
   *
   * @return false for an autoregressive decoder
   */
  public boolean hasMeans() {
    return shared.compute(SharedModel::hasMeans);
  }

  /**
   * The number of latents of each level. In every latent that this class gives or takes the levels
   * stand side by side in this order: of sizes (4, 6) the first four values are of the top level,
   * which is level 2, and the six behind them of level 1, the nearest to the data.
   *
   * @return top first; M alone for a model of one level
   */
  public List<Integer> latentSizes() {
    return shared.latentSizes();
  }

  /**
   * The same model for pictures.
   *
   * @return a view, valid while this is open
   * @throws org.largevae.api.config.ConfigurationException if the examples are not images, or hold
   *     real numbers, for which there is no rule that makes them from pixels
   */
  public VaeImages images() {
    return new VaeImages(this, threshold);
  }

  /**
   * The same model for the engine's arrays.
   *
   * @param owner owns the results
   * @return a view, valid while this is open
   */
  public VaeTensors tensors(NDManager owner) {
    return new VaeTensors(this, Objects.requireNonNull(owner, "owner is null"));
  }

  /**
   * The mean of the posterior q(z|x), or its mean direction where latents live on the unit sphere;
   * of several levels each at the means above it.
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
    return shared.examples(examples, (pass, batch) -> SharedModel.joined(pass.encode(batch)));
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
    return shared.examples(examples, (pass, batch) -> SharedModel.drawPosterior(pass, batch, seed));
  }

  /**
   * Decodes a latent.
   *
   * @param latent M values
   * @return the mean of p(x|z), D values; for binary data the probabilities of a 1, of categories
   *     and levels the most probable; without {@link #hasMeans}, one draw with random numbers that
   *     are always the same
   */
  public float[] decode(float[] latent) {
    return decode(new float[][] {latent})[0];
  }

  /** {@link #decode(float[])} of each latent: shape (B, M) gives (B, D). */
  public float[][] decode(float[][] latents) {
    ExampleChecks.latents(latents, latentSize());
    return shared.toData(shared.latents(latents, (pass, z) -> pass.decode(z).pointEstimate()));
  }

  /**
   * Encodes and decodes an example, through the mean of its posterior.
   *
   * @param example D values
   * @return the mean of p(x|z), D values; what {@link #decode(float[])} gives without one
   */
  public float[] reconstruct(float[] example) {
    return reconstruct(new float[][] {example})[0];
  }

  /** {@link #reconstruct(float[])} of each example: shape (B, D) gives (B, D). */
  public float[][] reconstruct(float[][] examples) {
    check(examples);
    return shared.toData(
        shared.examples(
            examples, (pass, batch) -> pass.decode(pass.encode(batch)).pointEstimate()));
  }

  /**
   * Draws latents from the prior and decodes them; the same seed gives the pictures of {@code vae
   * sample}.
   *
   * @param count n, at least 1
   * @param seed of the draws
   * @return the means of p(x|z), shape (n, D); without {@link #hasMeans}, {@link #drawExamples}
   */
  public float[][] sample(int count, long seed) {
    ExampleChecks.atLeast("count", count, 1);
    if (!hasMeans()) {
      return drawExamples(count, seed);
    }
    float[][] latents =
        shared.compute(
            pass ->
                SharedModel.split(SharedModel.joined(SharedModel.drawPrior(pass, count, seed))));
    return decode(latents);
  }

  /**
   * Draws examples from the model, {@code z ~ p(z)}, {@code x ~ p(x|z)}: values of the data's own
   * kinds, where {@link #sample} gives the means of p(x|z).
   *
   * @param count n, at least 1
   * @param seed of the draws; the first of n examples are the same for any n
   * @return shape (n, D)
   */
  public float[][] drawExamples(int count, long seed) {
    ExampleChecks.atLeast("count", count, 1);
    return shared.drawExamples(count, seed);
  }

  /**
   * Fills in what is missing: the expectation of a number given what is known, the most probable of
   * values that can be listed (Mattei and Frellsen 2019, arXiv:1812.02633).
   *
   * @param examples shape (B, D), NaN where a value is missing
   * @param samples S, draws of z for each, at least 1; 20 and more do well
   * @param seed of the draws
   * @return shape (B, D) without a NaN; what is known is not changed
   */
  public float[][] impute(float[][] examples, int samples, long seed) {
    check(examples);
    return shared.impute(examples, samples, 0, seed)[0];
  }

  /**
   * Fills in what is missing several times, by draws given what is known: they differ as much as a
   * value is uncertain (multiple imputation, Rubin 1987).
   *
   * @param examples shape (B, D), NaN where a value is missing
   * @param samples S, draws of z for each that are chosen from by their weights, at least 1
   * @param draws how many times, at least 1
   * @param seed of the draws
   * @return shape (draws, B, D) without a NaN; what is known is not changed
   */
  public float[][][] imputeSample(float[][] examples, int samples, int draws, long seed) {
    check(examples);
    ExampleChecks.atLeast("draws", draws, 1);
    return shared.impute(examples, samples, draws, seed);
  }

  /**
   * The same model for the rows of a table, by the columns' names.
   *
   * @return a view
   * @throws org.largevae.api.config.ConfigurationException if the examples have no columns
   */
  public TableRows rows() {
    return new TableRows(data);
  }

  /**
   * Decodes the straight line between the encodings of two examples, or where latents live on the
   * unit sphere the arc of a great circle.
   *
   * @param from one example, D values
   * @param to another
   * @param steps how many points, at least 2: both ends are among them
   * @return shape (steps, D)
   */
  public float[][] interpolate(float[] from, float[] to, int steps) {
    return interpolate(
        from, to, steps, onSphere() ? Interpolation.GREAT_CIRCLE : Interpolation.LINEAR);
  }

  /**
   * Decodes a path between the encodings of two examples.
   *
   * @param from one example, D values
   * @param to another
   * @param steps how many points, at least 2: both ends are among them
   * @param path which way
   * @return shape (steps, D)
   * @throws IllegalArgumentException if the path leaves the unit sphere, where latents live there,
   *     or is a great circle, where they do not
   */
  public float[][] interpolate(float[] from, float[] to, int steps, Interpolation path) {
    ExampleChecks.atLeast("steps", steps, 2);
    if (onSphere() != (path == Interpolation.GREAT_CIRCLE)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the latents of this model live on %s, where %s is no path; take %s",
              support().description(),
              path,
              onSphere() ? "GREAT_CIRCLE" : "LINEAR or SPHERICAL"));
    }
    float[][] ends = encode(new float[][] {from, to});
    return decode(path.path(ends[0], ends[1], steps));
  }

  private boolean onSphere() {
    return support() == Support.SPHERE;
  }

  private Support support() {
    return shared.compute(pass -> pass.prior().support());
  }

  /**
   * Estimates log p(x) by importance sampling from q(z|x) (Burda et al. 2016, equation 8). On
   * average the estimate is too low, by less the more samples there are.
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
    return scores(examples, samples, seed).logLikelihoods();
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
    return scores(examples, samples, seed).elbos();
  }

  /**
   * {@link #logLikelihood} and {@link #elbo} of each example from the same draws.
   *
   * @param examples shape (B, D)
   * @param samples S, draws of z for each, at least 1
   * @param seed of the draws
   * @return B values of each, in nats
   * @throws ArithmeticException if a density is NaN; the message names the component that gave it
   */
  public Scores scores(float[][] examples, int samples, long seed) {
    check(examples);
    return shared.scores(examples, samples, seed);
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
    double nats = data.dimensions() * Math.log(2);
    return Arrays.stream(logLikelihood(examples, samples, seed)).map(v -> -v / nats).toArray();
  }

  /**
   * Scores examples some of which the model was trained on: a prior that is made of the training
   * examples, leave-one-out, leaves each of them out of its own score. What {@link
   * #scores(float[][], int, long)} is given counts as new to the model.
   *
   * @param examples B x D values
   * @param places B places among the training examples, -1 for what is none of them
   * @param samples S, at least 1
   * @param seed of the draws
   * @return B of each
   */
  @Internal
  public Scores scores(float[][] examples, long[] places, int samples, long seed) {
    check(examples);
    return shared.scores(examples, places, samples, seed);
  }

  SharedModel shared() {
    return shared;
  }

  private void check(float[][] examples) {
    ExampleChecks.examples(examples, data);
  }

  /**
   * The points in data space that the prior is built on, such as a VampPrior's pseudo-inputs.
   *
   * @return shape (K, D); no rows for a prior without such points
   */
  public float[][] pseudoInputs() {
    return shared.compute(
        pass ->
            pass.pseudoInputs()
                .map(points -> shared.toData(SharedModel.split(points)))
                .orElseGet(() -> new float[0][]));
  }

  /**
   * What the log p(z) of the prior is, and so what {@link #logLikelihood} estimates: log p(x), a
   * lower bound of it, or something that may lie on either side.
   *
   * @return the kind of the prior's density
   */
  public Density.Kind priorDensity() {
    return shared.compute(pass -> pass.prior().kind());
  }

  /**
   * Evaluates the model on examples: log p(x) by importance sampling, the bound and its parts.
   *
   * @param examples at least one; not those of training, on which the figures would mean little
   * @param settings how many draws, and how many pairs are computed at once
   * @param samples S, draws of z for each example, at least 1
   * @param seed of the draws
   * @param progress is told how many examples are done; an exception from it ends the evaluation
   * @return the means and the value of each example
   * @throws ArithmeticException if an importance weight is not a number
   */
  public Evaluation evaluate(
      Examples examples,
      EvaluationSettings settings,
      int samples,
      long seed,
      IntConsumer progress) {
    ExampleChecks.atLeast("samples", samples, 1);
    return shared.evaluate(examples, settings.batchRows(), samples, seed, progress);
  }

  /**
   * Saves the model, to be opened again by {@link #open} or, where it was put together in Java, by
   * {@link Vae#open(Path)}.
   *
   * @param folder made if missing; it may hold an earlier save, which is replaced
   * @throws org.largevae.api.config.ConfigurationException if the folder holds something else
   * @throws org.largevae.api.files.OutputException if it cannot be written
   */
  public void save(Path folder) {
    shared.run(model -> SavedModel.save(model, configuration, folder));
  }

  /** Frees the model once the calls in progress are done. Closing again does nothing. */
  @Override
  public void close() {
    shared.close();
  }
}
