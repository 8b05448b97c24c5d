package org.largevae.core.evaluation;

import java.util.Locale;
import java.util.Optional;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Normaliser;
import org.largevae.core.results.NormaliserResult;

/**
 * What is known of a prior's estimated normaliser; refuses one that says too little.
 *
 * @param normaliser empty where the prior's density has none
 */
record ReportableNormaliser(Optional<Normaliser> normaliser) {
  /** In nats; what priors differ by is not much more. */
  private static final double LARGEST_MARGIN = 0.1;

  /**
   * The normaliser of a prior.
   *
   * @param prior p(z)
   * @return it
   * @throws ConfigurationException if log p(x) may be off by too much
   */
  static ReportableNormaliser of(Density prior) {
    Optional<Normaliser> found = prior.normaliser();
    if (found.isPresent() && found.orElseThrow().margin() > LARGEST_MARGIN) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "model.prior: log p(x) cannot be given: the estimate of the prior's normaliser may be"
                  + " off by %.3g nats, more than %s; take a larger"
                  + " model.prior.normaliser-samples, with --resume if the run is trained already,"
                  + " or train again with a smaller"
                  + " model.prior.hidden or fewer training.epochs, or choose a prior whose density"
                  + " is exact",
              found.orElseThrow().margin(),
              LARGEST_MARGIN));
    }
    return new ReportableNormaliser(found);
  }

  /**
   * What a report shows.
   *
   * @param nll -log p(x), in nats
   * @return null where there is no normaliser
   */
  NormaliserResult result(double nll) {
    return normaliser
        .map(
            found -> new NormaliserResult(found.log(), found.standardError(), nll + found.margin()))
        .orElse(null);
  }
}
