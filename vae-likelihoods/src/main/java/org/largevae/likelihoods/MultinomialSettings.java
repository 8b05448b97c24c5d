package org.largevae.likelihoods;

import org.largevae.api.config.Setting;

/**
 * The settings of a {@link Multinomial}.
 *
 * @param total N, how many events a drawn example and the mean have; log p(x|z) is given the number
 *     of events in x
 */
public record MultinomialSettings(
    @Setting(
            value = "1",
            atLeast = 1,
            atMost = 1_000_000,
            meaning =
                "how many events a drawn example and the mean have; log p(x) is given those of x")
        int total) {}
