package org.largevae.core.results;

/**
 * How far a result may be off because the normaliser Z of the prior's density is an estimate.
 *
 * @param log the estimate of log Z that the result rests on, in nats
 * @param standardError of the estimate, in nats
 * @param pessimisticNll what {@code nll} would be with log Z at its upper end, which it exceeds
 *     with a probability of at most 0.025, in nats
 */
public record NormaliserResult(double log, double standardError, double pessimisticNll) {}
