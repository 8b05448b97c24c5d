package org.largevae.api.model;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.function.Function;
import org.largevae.api.component.ClassNames;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;

/**
 * The prior of the top level in one pass, for models: made once, unless it depends on the batch.
 */
public final class TopPrior {
  private final Prior prior;
  private final Context context;
  private final Optional<Density> fixed;

  /**
   * A prior in a pass.
   *
   * @param prior the component
   * @param source what gives the posteriors, for messages
   * @param encode gives the posteriors of points in data space at the top level
   * @param pass the pass
   * @param training the training examples where they are available
   */
  public TopPrior(
      Prior prior,
      Component source,
      Function<Batch, Distribution> encode,
      Pass pass,
      Optional<TrainingExamples> training) {
    this.prior = prior;
    this.context = new Context(pass, source, encode, training, Optional.empty());
    this.fixed =
        prior.dependsOnBatch() ? Optional.empty() : Optional.of(prior.distribution(context));
  }

  /**
   * Brings a prior's state up to date.
   *
   * @param prior the component
   * @param source what gives the posteriors, for messages
   * @param encode gives the posteriors of points in data space at the top level
   * @param pass inference
   * @param training the training examples
   */
  public static void refresh(
      Prior prior,
      Component source,
      Function<Batch, Distribution> encode,
      Pass pass,
      TrainingExamples training) {
    prior.refresh(new Context(pass, source, encode, Optional.of(training), Optional.empty()));
  }

  /**
   * The prior's density.
   *
   * @param batch the examples whose bound is asked for; empty for draws
   * @return a batch ()
   */
  public Density density(Optional<Batch> batch) {
    return fixed.orElseGet(
        () ->
            prior.distribution(
                new Context(
                    context.pass, context.source, context.encode, context.training, batch)));
  }

  /**
   * The points in data space that it is built on.
   *
   * @return shape (K, D), or none
   */
  public Optional<NDArray> pseudoInputs() {
    return prior.pseudoInputs(context.pass);
  }

  private static String name(Component source) {
    return source instanceof Encoder encoder && encoder.posterior().isPresent()
        ? "posterior " + ClassNames.of(encoder.posterior().get().getClass())
        : "encoder " + ClassNames.of(source.getClass());
  }

  /** What the prior sees of a pass. */
  private record Context(
      Pass pass,
      Component source,
      Function<Batch, Distribution> encode,
      Optional<TrainingExamples> training,
      Optional<Batch> batch)
      implements PriorContext {

    @Override
    public Density posterior(NDArray x) {
      return posterior(Batch.of(x));
    }

    @Override
    public Density posterior(Batch points) {
      if (encode.apply(points) instanceof Density density) {
        return density;
      }
      throw new ConfigurationException(
          "the prior is made of posteriors q(z|u), but those of the "
              + name(source)
              + " do not know their density at every value; choose another posterior or prior");
    }
  }
}
