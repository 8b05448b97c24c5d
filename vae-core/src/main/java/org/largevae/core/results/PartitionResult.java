package org.largevae.core.results;

/**
 * The evaluation of one partition of the data; means per example.
 *
 * @param nll the negative log-likelihood -log p(x) by importance sampling, in nats
 * @param nllStandardError of {@code nll} as a mean over examples, in nats
 * @param bitsPerDim {@code nll / (D ln 2)}
 * @param elbo the evidence lower bound, in nats
 * @param reconstruction E_q[log p(x|z)], in nats
 * @param kl KL(q(z|x) || p(z)), in nats
 * @param activeUnits latents whose posterior mean varies over the examples by more than 0.01
 * @param effectiveSampleSize of the importance weights, the median over examples, at most {@code
 *     importanceSamples}
 * @param importanceSamples S, samples of z for each example
 * @param examples how many were evaluated
 * @param componentUse how many of the prior's components are in use; null for a prior that is no
 *     mixture
 * @param priorDensity what log p(z) is, and with it {@code nll}: exact, lower-bound (then {@code
 *     nll} is an upper bound in expectation) or estimate (then it is neither)
 * @param guessNll what {@code nll} is for a guess that knows of these examples only which values
 *     occur and how often, in nats: a model above it has learnt nothing; null where it was not
 *     computed
 */
public record PartitionResult(
    double nll,
    double nllStandardError,
    double bitsPerDim,
    double elbo,
    double reconstruction,
    double kl,
    int activeUnits,
    double effectiveSampleSize,
    int importanceSamples,
    int examples,
    ComponentUse componentUse,
    String priorDensity,
    Double guessNll) {

  /**
   * Whether the model does worse than a guess.
   *
   * @return false where that is not known
   */
  public boolean isWorseThanGuess() {
    return guessNll != null && nll > guessNll;
  }
}
