package org.largevae.core.results;

/**
 * How what a model draws compares with test examples.
 *
 * @param count how many examples each set has
 * @param neighbours k
 * @param drawn of examples drawn from the model, x ~ p(x|z)
 * @param means of the means of p(x|z); null for binary data, whose means are no examples, and where
 *     they cannot be computed
 * @param training of training examples: what a perfect model would reach, and one that copies them
 * @param secondsPerThousand how long it takes to draw 1,000 examples, latents and decoding
 */
public record SampleResult(
    int count,
    int neighbours,
    Fidelity drawn,
    Fidelity means,
    Fidelity training,
    double secondsPerThousand) {}
