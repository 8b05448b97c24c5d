package org.largevae.priors.flow;

import ai.djl.ndarray.NDArray;

/**
 * What an invertible map made of values.
 *
 * @param value shape (..., m)
 * @param logDerivative log of the absolute derivative: of each value, shape (..., m), for a map of
 *     single values; of the determinant, shape (...), for a step
 */
record Mapped(NDArray value, NDArray logDerivative) {}
