package org.largevae.core.model;

import org.largevae.api.config.Setting;

/**
 * The settings of a {@link OneLevelVae} beside those of its parts.
 *
 * @param latentSize M
 */
public record OneLevelVaeSettings(
    @Setting(value = "40", atLeast = 1, meaning = "M, the number of latents of an example")
        int latentSize) {}
