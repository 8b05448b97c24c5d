package org.largevae.core.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.model.LevelDistributions;
import org.largevae.api.model.TopPrior;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.ConditionalPrior;
import org.largevae.api.prior.Prior;

/** The distributions of models that have an encoder for each level, in one pass. */
final class EncoderDistributions implements LevelDistributions {
  private final List<Encoder> encoders;
  private final List<ConditionalPrior> conditionalPriors;
  private final Decoder decoder;
  private final Pass pass;
  private final TopPrior top;

  /**
   * The distributions of a pass.
   *
   * @param encoders of the levels, top first
   * @param prior of the top level
   * @param conditionalPriors of the levels below it
   * @param decoder of the examples
   * @param pass the pass
   * @param training the training examples where they are available
   */
  EncoderDistributions(
      List<Encoder> encoders,
      Prior prior,
      List<ConditionalPrior> conditionalPriors,
      Decoder decoder,
      Pass pass,
      Optional<TrainingExamples> training) {
    this.encoders = encoders;
    this.conditionalPriors = conditionalPriors;
    this.decoder = decoder;
    this.pass = pass;
    Encoder encoder = encoders.get(0);
    this.top =
        new TopPrior(
            prior, encoder, points -> encoder.encode(points, Latents.none(), pass), pass, training);
  }

  /** Brings the state of a prior on an encoder up to date. */
  static void refresh(Prior prior, Encoder encoder, Pass pass, TrainingExamples training) {
    TopPrior.refresh(
        prior, encoder, points -> encoder.encode(points, Latents.none(), pass), pass, training);
  }

  @Override
  public Pass pass() {
    return pass;
  }

  @Override
  public Posteriors posteriors(Batch batch) {
    return (level, above) -> encoders.get(level).encode(batch, above, pass);
  }

  @Override
  public Priors priors(Optional<Batch> batch) {
    return (level, above) ->
        level == 0 ? top.density(batch) : conditionalPriors.get(level - 1).given(above, pass);
  }

  @Override
  public Density decode(Latents latents) {
    return decoder.decode(latents, pass);
  }

  @Override
  public Optional<NDArray> pseudoInputs() {
    return top.pseudoInputs();
  }
}
