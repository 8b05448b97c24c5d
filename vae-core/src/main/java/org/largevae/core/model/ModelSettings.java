package org.largevae.core.model;

import org.largevae.api.config.Settings;

/**
 * The section {@code model}. Each component's section holds its {@code type} and that provider's
 * keys.
 *
 * @param latentSize M, at least 1
 * @param encoder the section {@code model.encoder}
 * @param decoder the section {@code model.decoder}
 * @param prior the section {@code model.prior}
 * @param likelihood the section {@code model.likelihood}
 */
public record ModelSettings(
    int latentSize, Settings encoder, Settings decoder, Settings prior, Settings likelihood) {}
