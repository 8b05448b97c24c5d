package org.largevae.core.model;

import ai.djl.ndarray.NDArray;

/**
 * The parts of the evidence lower bound at single draws z_s ~ q(z|x); {@code reconstruction - kl}
 * is at once the log of the importance weight p(x, z_s) / q(z_s|x).
 *
 * @param reconstruction log p(x|z_s), in nats, shape (S, B)
 * @param kl log q(z_s|x) - log p(z_s), in nats, shape (S, B)
 */
public record ElboTerms(NDArray reconstruction, NDArray kl) {}
