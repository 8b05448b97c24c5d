package org.largevae.core.registry;

import java.util.List;
import org.largevae.api.component.Provider;
import org.largevae.api.data.ValueKindProvider;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.api.model.ModelProvider;
import org.largevae.api.network.DecoderProvider;
import org.largevae.api.network.EncoderProvider;
import org.largevae.api.network.PosteriorProvider;
import org.largevae.api.objective.ObjectiveProvider;
import org.largevae.api.prior.ConditionalPriorProvider;
import org.largevae.api.prior.PriorProvider;

/**
 * A kind of component that can be installed.
 *
 * @param label what people call it, for example {@code prior}
 * @param section where a configuration describes it, for example {@code model.prior}; empty for a
 *     kind that is named elsewhere
 * @param nameKey the key of that section that holds its name
 * @param provider the interface that its providers implement
 * @param <P> that interface
 */
public record ComponentKind<P extends Provider<?>>(
    String label, String section, String nameKey, Class<P> provider) {

  /** Priors p(z). */
  public static final ComponentKind<PriorProvider<?>> PRIOR =
      of("prior", "model.prior", "type", PriorProvider.class);

  /** Priors of levels below others, p(z_l | z above). */
  public static final ComponentKind<ConditionalPriorProvider<?>> CONDITIONAL_PRIOR =
      of("conditional prior", "model.conditional-prior", "type", ConditionalPriorProvider.class);

  /** Likelihoods p(x|z). */
  public static final ComponentKind<LikelihoodProvider<?>> LIKELIHOOD =
      of("likelihood", "model.likelihood", "type", LikelihoodProvider.class);

  /** Encoders q(z|x). */
  public static final ComponentKind<EncoderProvider<?>> ENCODER =
      of("encoder", "model.encoder", "type", EncoderProvider.class);

  /** Families of posteriors q(z|x). */
  public static final ComponentKind<PosteriorProvider<?>> POSTERIOR =
      of("posterior", "model.posterior", "type", PosteriorProvider.class);

  /** Decoders. */
  public static final ComponentKind<DecoderProvider<?>> DECODER =
      of("decoder", "model.decoder", "type", DecoderProvider.class);

  /** Models, which are put together from the others. */
  public static final ComponentKind<ModelProvider<?>> MODEL =
      of("model", "model", "type", ModelProvider.class);

  /** What training minimises. */
  public static final ComponentKind<ObjectiveProvider<?>> OBJECTIVE =
      of("objective", "training.objective", "type", ObjectiveProvider.class);

  /** Datasets. */
  public static final ComponentKind<DatasetProvider<?>> DATASET =
      of("dataset", "dataset", "name", DatasetProvider.class);

  /** Kinds of values, which descriptions of data name. */
  public static final ComponentKind<ValueKindProvider<?>> VALUE_KIND =
      of("value kind", "", "kind", ValueKindProvider.class);

  /**
   * Where a configuration names it.
   *
   * @return its whole key, for example {@code model.prior.type}
   */
  String key() {
    return section.isEmpty() ? nameKey : section + "." + nameKey;
  }

  @SuppressWarnings("unchecked") // a class literal has no type arguments; its instances do
  private static <P extends Provider<?>> ComponentKind<P> of(
      String label, String section, String nameKey, Class<?> provider) {
    return new ComponentKind<>(label, section, nameKey, (Class<P>) provider);
  }

  /**
   * Every kind.
   *
   * @return the kinds, in the order of lists
   */
  public static List<ComponentKind<? extends Provider<?>>> all() {
    return List.of(
        PRIOR,
        CONDITIONAL_PRIOR,
        POSTERIOR,
        LIKELIHOOD,
        ENCODER,
        DECODER,
        MODEL,
        OBJECTIVE,
        DATASET,
        VALUE_KIND);
  }

  /**
   * The kinds that have a section of their own in an experiment's configuration.
   *
   * @return the kinds, sections before those within them
   */
  public static List<ComponentKind<? extends Provider<?>>> configured() {
    return List.of(
        DATASET,
        MODEL,
        ENCODER,
        POSTERIOR,
        DECODER,
        PRIOR,
        CONDITIONAL_PRIOR,
        LIKELIHOOD,
        OBJECTIVE);
  }
}
