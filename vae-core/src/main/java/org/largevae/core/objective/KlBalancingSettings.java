package org.largevae.core.objective;

import org.largevae.api.config.Setting;

/**
 * The settings of {@link KlBalancingObjective}.
 *
 * @param nats what is free in each level, in nats
 */
public record KlBalancingSettings(
    @Setting(
            value = "0",
            atLeast = 0,
            atMost = 1e6,
            meaning = "the divergence that costs nothing in each level, in nats; 0: none")
        double nats) {}
