package org.largevae.core.registry;

import java.util.List;
import org.largevae.api.component.Provider;
import org.largevae.api.data.DatasetProvider;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.api.network.DecoderProvider;
import org.largevae.api.network.EncoderProvider;
import org.largevae.api.prior.PriorProvider;

/**
 * A kind of component that can be installed.
 *
 * @param label for people, for example {@code prior}
 * @param section where a configuration chooses one, for example {@code model.prior}
 * @param nameKey the key in that section that holds the name
 * @param provider its provider interface
 * @param <P> the provider interface
 */
public record ComponentKind<P extends Provider>(
    String label, String section, String nameKey, Class<P> provider) {

  /** Priors p(z). */
  public static final ComponentKind<PriorProvider> PRIOR =
      new ComponentKind<>("prior", "model.prior", "type", PriorProvider.class);

  /** Likelihoods p(x|z). */
  public static final ComponentKind<LikelihoodProvider> LIKELIHOOD =
      new ComponentKind<>("likelihood", "model.likelihood", "type", LikelihoodProvider.class);

  /** Encoders q(z|x). */
  public static final ComponentKind<EncoderProvider> ENCODER =
      new ComponentKind<>("encoder", "model.encoder", "type", EncoderProvider.class);

  /** Decoders. */
  public static final ComponentKind<DecoderProvider> DECODER =
      new ComponentKind<>("decoder", "model.decoder", "type", DecoderProvider.class);

  /** Datasets. */
  public static final ComponentKind<DatasetProvider> DATASET =
      new ComponentKind<>("dataset", "dataset", "name", DatasetProvider.class);

  /**
   * Every kind.
   *
   * @return the kinds in the order to list them
   */
  public static List<ComponentKind<? extends Provider>> all() {
    return List.of(PRIOR, LIKELIHOOD, ENCODER, DECODER, DATASET);
  }
}
