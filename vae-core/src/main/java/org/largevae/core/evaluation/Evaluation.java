package org.largevae.core.evaluation;

import org.largevae.core.results.PartitionResult;

/**
 * The evaluation of a partition.
 *
 * @param result the means
 * @param negativeLogLikelihoods -log p(x) of each example in order, in nats
 */
public record Evaluation(PartitionResult result, double[] negativeLogLikelihoods) {}
