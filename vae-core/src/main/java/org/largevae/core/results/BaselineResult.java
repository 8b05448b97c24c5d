package org.largevae.core.results;

/**
 * What a trivial model reaches on the same examples: each value by its own distribution over the
 * training examples. A model that does worse has learnt nothing.
 *
 * @param nll the mean of -log p(x), in nats
 * @param bitsPerDim {@code nll / (D ln 2)}
 */
public record BaselineResult(double nll, double bitsPerDim) {}
