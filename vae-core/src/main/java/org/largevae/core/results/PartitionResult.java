package org.largevae.core.results;

import com.google.gson.annotations.JsonAdapter;
import java.util.List;

/**
 * The evaluation of one partition of the data; means per example.
 *
 * @param nll the negative log-likelihood -log p(x) by importance sampling, in nats
 * @param nllStandardError of {@code nll} as a mean over examples, in nats; null for a single
 *     example
 * @param bitsPerDim {@code nll / (D ln 2)}
 * @param elbo the evidence lower bound, in nats
 * @param reconstruction E_q[log p(x|z)], in nats
 * @param kl KL(q(z|x) || p(z)), of all levels together, in nats
 * @param activeUnits latents whose posterior mean varies over the examples by more than 0.01, or on
 *     the unit sphere in R^m, a coordinate of which has the variance 1 / m, by more than 0.01 / m;
 *     null for fewer than 10 examples, which say nothing of it. A uniform prior on the sphere knows
 *     no axes: there mostly all coordinates are active or none. Of several levels their sum
 * @param effectiveSampleSize of the importance weights, the median over examples, at most {@code
 *     importanceSamples}
 * @param importanceSamples S, samples of z for each example
 * @param examples how many were evaluated
 * @param componentUse how many of the prior's components are in use; null for a prior that is no
 *     mixture
 * @param priorDensity what log p(z) is, and with it {@code nll}: exact, lower-bound (then {@code
 *     nll} is an upper bound in expectation) or estimate (then it is neither)
 * @param normaliser how far {@code nll} may be off because the prior's normaliser is an estimate;
 *     null where it is none, or its error is not known, and in results of earlier versions
 * @param baseline what a trivial model reaches on the same examples; null where it was not computed
 * @param levels each level of a model with several, top first; null for a model of one level
 */
public record PartitionResult(
    double nll,
    Double nllStandardError,
    double bitsPerDim,
    double elbo,
    double reconstruction,
    double kl,
    Integer activeUnits,
    double effectiveSampleSize,
    int importanceSamples,
    int examples,
    ComponentUse componentUse,
    String priorDensity,
    NormaliserResult normaliser,
    BaselineResult baseline,
    @JsonAdapter(value = LeftOutWhenNull.class, nullSafe = false) List<LevelResult> levels) {

  /** Copies the list. */
  public PartitionResult {
    levels = levels == null ? null : List.copyOf(levels);
  }

  /**
   * The evaluation of a model of one level.
   *
   * @param nll as above
   * @param nllStandardError as above
   * @param bitsPerDim as above
   * @param elbo as above
   * @param reconstruction as above
   * @param kl as above
   * @param activeUnits as above
   * @param effectiveSampleSize as above
   * @param importanceSamples as above
   * @param examples as above
   * @param componentUse as above
   * @param priorDensity as above
   * @param normaliser as above
   * @param baseline as above
   */
  public PartitionResult(
      double nll,
      Double nllStandardError,
      double bitsPerDim,
      double elbo,
      double reconstruction,
      double kl,
      Integer activeUnits,
      double effectiveSampleSize,
      int importanceSamples,
      int examples,
      ComponentUse componentUse,
      String priorDensity,
      NormaliserResult normaliser,
      BaselineResult baseline) {
    this(
        nll,
        nllStandardError,
        bitsPerDim,
        elbo,
        reconstruction,
        kl,
        activeUnits,
        effectiveSampleSize,
        importanceSamples,
        examples,
        componentUse,
        priorDensity,
        normaliser,
        baseline,
        null);
  }

  /**
   * The same result beside a baseline.
   *
   * @param baseline on the same examples; null if there is none
   * @return the result with it
   */
  public PartitionResult beside(BaselineResult baseline) {
    return new PartitionResult(
        nll,
        nllStandardError,
        bitsPerDim,
        elbo,
        reconstruction,
        kl,
        activeUnits,
        effectiveSampleSize,
        importanceSamples,
        examples,
        componentUse,
        priorDensity,
        normaliser,
        baseline,
        levels);
  }

  /**
   * The levels that have collapsed, of a model that has others.
   *
   * @return top first; none of a model of one level
   */
  public List<LevelResult> collapsedLevels() {
    return levels == null ? List.of() : levels.stream().filter(LevelResult::isCollapsed).toList();
  }

  /**
   * Whether the model does worse than the baseline.
   *
   * @return false where that is not known
   */
  public boolean isWorseThanBaseline() {
    return baseline != null && nll > baseline.nll();
  }

  /**
   * Whether no latent is active: the posterior has collapsed onto the prior.
   *
   * @return false where there are too few examples to tell
   */
  public boolean isCollapsed() {
    return activeUnits != null && activeUnits == 0;
  }
}
