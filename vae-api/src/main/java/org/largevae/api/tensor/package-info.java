/**
 * Tensor operations that are right under automatic differentiation, and shape errors.
 *
 * <p>DJL's operations with a {@link java.lang.Number} that backward needs again ({@code mul},
 * {@code div}, {@code pow}, {@code maximum}, {@code minimum}) hold the number in a Java buffer that
 * may be collected, and its memory reused, before backward reads it: gradients are then silently
 * wrong. Use {@link org.largevae.api.tensor.Tensors} instead; the build refuses the others.
 */
package org.largevae.api.tensor;
