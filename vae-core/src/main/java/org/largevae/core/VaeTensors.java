package org.largevae.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import java.util.function.Function;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.distribution.Latents;
import org.largevae.api.model.ModelPass;
import org.largevae.api.tensor.ShapeException;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.evaluation.Scores;

/**
 * A {@link TrainedVae} for the engine's arrays. Arguments may be on any device and have any type
 * that float32 can hold; they are neither changed nor closed. Results are float32, scores float64,
 * on the model's device and owned by the manager that the view was made for; an open {@link
 * NDScope} does not close them. A whole batch is computed at once.
 */
public final class VaeTensors {
  private final SharedModel shared;
  private final DataDescription data;
  private final NDManager owner;

  VaeTensors(TrainedVae vae, NDManager owner) {
    this.shared = vae.shared();
    this.data = vae.data();
    this.owner = owner;
  }

  /**
   * The means of the posteriors q(z|x).
   *
   * @param examples shape (B, D)
   * @return shape (B, M)
   * @throws ShapeException if the examples have another shape
   * @throws org.largevae.api.data.DataException if a value is not of its kind
   */
  public NDArray encode(NDArray examples) {
    return give(pass -> SharedModel.joined(pass.encode(batch(examples))));
  }

  /**
   * A draw from each of the posteriors q(z|x).
   *
   * @param examples shape (B, D)
   * @param seed of the draws
   * @return shape (B, M)
   * @throws ShapeException if the examples have another shape
   * @throws org.largevae.api.data.DataException if a value is not of its kind
   */
  public NDArray encodeSample(NDArray examples, long seed) {
    return give(pass -> SharedModel.drawPosterior(pass, batch(examples), seed));
  }

  /**
   * Decodes latents.
   *
   * @param latents shape (B, M)
   * @return the means of p(x|z), shape (B, D); see {@link TrainedVae#hasMeans}
   * @throws ShapeException if the latents have another shape
   * @throws org.largevae.api.data.DataException if a value is not finite
   */
  public NDArray decode(NDArray latents) {
    return give(pass -> shared.toData(pass.decode(latents(latents)).pointEstimate()));
  }

  /**
   * Encodes and decodes examples, through the means of their posteriors.
   *
   * @param examples shape (B, D)
   * @return the means of p(x|z), shape (B, D); see {@link TrainedVae#hasMeans}
   * @throws ShapeException if the examples have another shape
   * @throws org.largevae.api.data.DataException if a value is not of its kind
   */
  public NDArray reconstruct(NDArray examples) {
    return give(pass -> shared.toData(pass.decode(pass.encode(batch(examples))).pointEstimate()));
  }

  /**
   * Draws latents from the prior and decodes them.
   *
   * @param count n, at least 1
   * @param seed of the draws
   * @return the means of p(x|z), shape (n, D); without {@link TrainedVae#hasMeans}, draws
   */
  public NDArray sample(int count, long seed) {
    ExampleChecks.atLeast("count", count, 1);
    return give(
        pass ->
            shared.toData(
                SharedModel.hasMeans(pass)
                    ? pass.decode(SharedModel.drawPrior(pass, count, seed)).pointEstimate()
                    : SharedModel.drawExamples(pass, 0, count, seed)));
  }

  /**
   * Estimates log p(x) of each example by importance sampling.
   *
   * @param examples shape (B, D)
   * @param samples S, draws of z for each, at least 1
   * @param seed of the draws
   * @return in nats, shape (B), float64
   * @throws ShapeException if the examples have another shape
   * @throws org.largevae.api.data.DataException if a value is not of its kind
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
   * @throws org.largevae.api.data.DataException if a value is not of its kind
   */
  public NDArray elbo(NDArray examples, int samples, long seed) {
    return score(examples, samples, seed, Scores::elbos);
  }

  private NDArray score(
      NDArray examples, int samples, long seed, Function<Scores, double[]> which) {
    ExampleChecks.atLeast("samples", samples, 1);
    return give(
        pass -> {
          ResidentExamples resident = examples(examples);
          NDArray x = resident.values();
          double[] found = which.apply(shared.scores(pass, resident, samples, seed));
          // with memory of its own: what is computed from it must not hang on a Java buffer
          NDArray result = x.getManager().zeros(new Shape(found.length), DataType.FLOAT64);
          return result.add(x.getManager().create(found));
        });
  }

  private NDArray give(Function<ModelPass, NDArray> work) {
    return shared.compute(
        pass -> {
          NDArray result = work.apply(pass);
          result.attach(owner);
          NDScope.unregister(result);
          return result;
        });
  }

  private Batch batch(NDArray given) {
    return examples(given).all();
  }

  private ResidentExamples examples(NDArray given) {
    NDArray x = rows(given, data.dimensions(), "examples");
    float[] values = x.toFloatArray();
    ExampleChecks.values(values, 0, data);
    return data.isScaled() || data.hasMissing() ? shared.resident(values) : new ResidentExamples(x);
  }

  private Latents latents(NDArray given) {
    NDArray z = rows(given, shared.latentSize(), "latents");
    ExampleChecks.finite(z.toFloatArray(), 0, shared.latentSize());
    return shared.levels(z);
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
    return shared.onDevice(given);
  }
}
