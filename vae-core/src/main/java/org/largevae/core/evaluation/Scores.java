package org.largevae.core.evaluation;

/**
 * What a model makes of each example, in their order.
 *
 * @param logLikelihoods estimates of log p(x), in nats
 * @param elbos the evidence lower bounds, in nats, from the same draws
 */
public record Scores(double[] logLikelihoods, double[] elbos) {}
