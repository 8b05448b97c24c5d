package org.largevae.priors;

import org.largevae.api.config.Setting;

/**
 * Which training examples a prior is made of, and how much of it a step of training computes.
 *
 * @param exemplars K, at most the number of training examples; 0 for all of them
 * @param neighbours k, how many components are computed for each draw of a training step, those of
 *     the highest density by the encodings of the last epoch; 0 for all K
 * @param leaveOneOut whether the prior of a training example leaves out its own component
 */
public record ExemplarSettings(
    @Setting(
            value = "0",
            atLeast = 0,
            meaning = "K, how many training examples, chosen at random once; 0: all")
        int exemplars,
    @Setting(
            value = "10",
            atLeast = 0,
            meaning =
                "k, how many components a step of training computes for each draw, the nearest; a"
                    + " lower bound of the prior, which evaluation computes whole; 0: all, much"
                    + " slower")
        int neighbours,
    @Setting(
            value = "true",
            meaning = "whether the prior of a training example leaves out its own component")
        boolean leaveOneOut) {}
