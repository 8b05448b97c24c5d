package org.largevae.runner.report;

import org.largevae.core.results.PartitionResult;

/**
 * What the figures of -log p(x) are: where the prior's density is a bound or an estimate, so are
 * they, and they are never shown as a likelihood.
 */
public enum LikelihoodKind {
  /** What importance sampling gives of an exact model. */
  EXACT("\u2212log p(x)", ""),
  /** The prior's density is a lower bound: -log p(x) is at most what is shown. */
  UPPER_BOUND("upper bound of \u2212log p(x)", "at most "),
  /** The prior's density is an estimate, and -log p(x) may be more or less. */
  ESTIMATE("estimate of \u2212log p(x)", "about ");

  private static final String LOWER_BOUND_PRIOR = "lower-bound";
  private static final String ESTIMATED_PRIOR = "estimate";

  private final String label;
  private final String mark;

  LikelihoodKind(String label, String mark) {
    this.label = label;
    this.mark = mark;
  }

  /**
   * The kind of a result.
   *
   * @param result of an evaluation
   * @return exact where the result does not say, as those of earlier versions
   */
  public static LikelihoodKind of(PartitionResult result) {
    if (LOWER_BOUND_PRIOR.equals(result.priorDensity())) {
      return UPPER_BOUND;
    }
    return ESTIMATED_PRIOR.equals(result.priorDensity()) ? ESTIMATE : EXACT;
  }

  /**
   * What the figure is called.
   *
   * @return for example {@code upper bound of -log p(x)}, with a minus sign
   */
  public String label() {
    return label;
  }

  /**
   * What stands in front of the ELBO and KL: under a bounded prior the ELBO is a bound still, under
   * an estimated one it is an estimate.
   *
   * @return {@code about } for an estimate, else nothing
   */
  public String boundMark() {
    return this == ESTIMATE ? mark : "";
  }

  /**
   * What stands in front of the figure.
   *
   * @return {@code at most } for a bound, {@code about } for an estimate, else nothing
   */
  public String mark() {
    return mark;
  }
}
