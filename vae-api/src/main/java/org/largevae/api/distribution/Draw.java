package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;

/**
 * Values drawn from a distribution, with their log-density.
 *
 * @param value shape (..., event)
 * @param logProb natural log, constants included, in nats, shape (...)
 */
public record Draw(NDArray value, NDArray logProb) {}
