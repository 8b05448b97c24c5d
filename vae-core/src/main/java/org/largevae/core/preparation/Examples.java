package org.largevae.core.preparation;

import java.util.Objects;

/**
 * Examples as the model sees them.
 *
 * @param size N, the number of examples
 * @param dimensions D, the values of each
 * @param values N x D, example by example; not copied
 */
public record Examples(int size, int dimensions, float[] values) {

  /** Checks that there are N x D values. */
  public Examples {
    Objects.requireNonNull(values, "values is null");
    if (values.length != (long) size * dimensions) {
      throw new IllegalArgumentException(
          values.length + " values are not " + size + " examples of " + dimensions);
    }
  }
}
