package org.largevae.runner.application;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import java.util.function.Function;
import org.largevae.api.component.ModelShape;
import org.largevae.api.tensor.ShapeException;
import org.largevae.core.evaluation.Scores;
import org.largevae.core.model.ModelPass;

/**
 * A {@link TrainedVae} for the engine's arrays. Arguments may stand on any device and have any type
 * that float32 can hold; they are neither changed nor closed. Results are float32, scores float64,
 * on the model's device and owned by the manager that the view was made for; an open {@link
 * NDScope} does not close them. A whole batch is computed at once.
 */
public final class VaeTensors {
  private final Inference inference;
  private final ModelShape shape;
  private final NDManager owner;

  VaeTensors(TrainedVae vae, NDManager owner) {
    this.inference = vae.inference();
    this.shape = inference.shape();
    this.owner = owner;
  }

  /**
   * The means of the posteriors q(z|x).
   *
   * @param examples shape (B, D)
   * @return shape (B, M)
   * @throws ShapeException if the examples have another shape
   * @throws org.largevae.api.data.DataException if a value is outside of the support
   */
  public NDArray encode(NDArray examples) {
    return give(pass -> pass.encode(examples(examples)));
  }

  /**
   * A draw from each of the posteriors q(z|x).
   *
   * @param examples shape (B, D)
   * @param seed of the draws
   * @return shape (B, M)
   * @throws ShapeException if the examples have another shape
   * @throws org.largevae.api.data.DataException if a value is outside of the support
   */
  public NDArray encodeSample(NDArray examples, long seed) {
    return give(pass -> Inference.drawPosterior(pass, examples(examples), seed, 0));
  }

  /**
   * What the model expects at latents.
   *
   * @param latents shape (B, M)
   * @return the means of p(x|z), shape (B, D)
   * @throws ShapeException if the latents have another shape
   * @throws org.largevae.api.data.DataException if a value is not finite
   */
  public NDArray decode(NDArray latents) {
    return give(pass -> pass.decode(latents(latents)));
  }

  /**
   * Encodes and decodes examples, through the means of their posteriors.
   *
   * @param examples shape (B, D)
   * @return the means of p(x|z), shape (B, D)
   * @throws ShapeException if the examples have another shape
   * @throws org.largevae.api.data.DataException if a value is outside of the support
   */
  public NDArray reconstruct(NDArray examples) {
    return give(pass -> pass.decode(pass.encode(examples(examples))));
  }

  /**
   * Draws latents from the prior and decodes them.
   *
   * @param count n, at least 1
   * @param seed of the draws
   * @return the means of p(x|z), shape (n, D)
   */
  public NDArray sample(int count, long seed) {
    ExampleChecks.atLeast("count", count, 1);
    return give(pass -> pass.decode(Inference.drawPrior(pass, count, seed)));
  }

  /**
   * Estimates log p(x) of each example by importance sampling.
   *
   * @param examples shape (B, D)
   * @param samples S, draws of z for each, at least 1
   * @param seed of the draws
   * @return in nats, shape (B), float64
   * @throws ShapeException if the examples have another shape
   * @throws org.largevae.api.data.DataException if a value is outside of the support
   */
  public NDArray logLikelihood(NDArray examples, int samples, long seed) {
    return score(examples, samples, seed, Scores::logLikelihoods);
  }

  /**
   * Estimates the evidence lower bound of each example.
   *
   * @param examples shape (B, D)
   * @param samples S, draws of z for each, at least 1
   * @param seed of the draws
   * @return in nats, shape (B), float64
   * @throws ShapeException if the examples have another shape
   * @throws org.largevae.api.data.DataException if a value is outside of the support
   */
  public NDArray elbo(NDArray examples, int samples, long seed) {
    return score(examples, samples, seed, Scores::elbos);
  }

  private NDArray score(
      NDArray examples, int samples, long seed, Function<Scores, double[]> which) {
    ExampleChecks.atLeast("samples", samples, 1);
    return give(
        pass -> {
          NDArray x = examples(examples);
          double[] found = which.apply(Inference.scores(pass, x, samples, seed));
          // with memory of its own: what is computed from it must not hang on a Java buffer
          NDArray result = x.getManager().zeros(new Shape(found.length), DataType.FLOAT64);
          return result.add(x.getManager().create(found));
        });
  }

  private NDArray give(Function<ModelPass, NDArray> work) {
    return inference.compute(
        pass -> {
          NDArray result = work.apply(pass);
          result.attach(owner);
          NDScope.unregister(result);
          return result;
        });
  }

  private NDArray examples(NDArray given) {
    NDArray x = rows(given, shape.dimensions(), "examples");
    ExampleChecks.values(x.toFloatArray(), shape.dimensions(), 0, shape.support());
    return x;
  }

  private NDArray latents(NDArray given) {
    NDArray z = rows(given, shape.latentSize(), "latents");
    ExampleChecks.finite(z.toFloatArray(), 0, shape.latentSize());
    return z;
  }

  private NDArray rows(NDArray given, int width, String what) {
    Shape found = given.getShape();
    if (found.dimension() != 2 || found.get(0) < 1 || found.get(1) != width) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s of shape %s do not fit the model, which takes (B, %d) with B at least 1",
              what,
              found,
              width));
    }
    return inference.onDevice(given);
  }
}
