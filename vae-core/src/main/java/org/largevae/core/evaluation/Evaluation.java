package org.largevae.core.evaluation;

import org.largevae.core.results.BaselineResult;
import org.largevae.core.results.PartitionResult;

/**
 * The evaluation of a partition.
 *
 * @param result the means
 * @param negativeLogLikelihoods -log p(x) of each example in order, in nats
 */
public record Evaluation(PartitionResult result, double[] negativeLogLikelihoods) {

  /**
   * The same evaluation beside a baseline.
   *
   * @param baseline on the same examples; null if there is none
   * @return the evaluation with it
   */
  public Evaluation beside(BaselineResult baseline) {
    return new Evaluation(result.beside(baseline), negativeLogLikelihoods);
  }
}
