package org.largevae.networks.posterior;

import org.largevae.api.config.Setting;

/**
 * The settings of a {@link PlanarFlow}.
 *
 * @param steps how many steps there are, at least 1
 */
public record PlanarFlowSettings(
    @Setting(value = "8", atLeast = 1, meaning = "the number of planar steps") int steps) {}
