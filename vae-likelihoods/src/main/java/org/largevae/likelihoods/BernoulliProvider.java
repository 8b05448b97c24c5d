package org.largevae.likelihoods;

import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.likelihood.LikelihoodProvider;

/**
 * Independent binary values, {@code p(x_d = 1|z) = sigmoid(l_d)}: {@code log p(x|z) = sum_d x_d l_d
 * - softplus(l_d)}, with the logits l from the decoder (Kingma and Welling 2014, arXiv:1312.6114,
 * appendix C.1). For data of 0 and 1; it has no keys:
 *
 * <pre>{@code
 * likelihood { type = bernoulli }
 * }</pre>
 */
public final class BernoulliProvider implements LikelihoodProvider {
  /** Its name in a configuration. */
  public static final String NAME = "bernoulli";

  /** Found by {@link java.util.ServiceLoader}. */
  public BernoulliProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Independent binary values, the decoder gives logits";
  }

  @Override
  public Likelihood create(Settings settings, ModelShape shape) {
    return new Bernoulli();
  }
}
