package org.largevae.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;

/** Copies values between arrays. */
public final class Copies {

  private Copies() {}

  /**
   * Overwrites an array, which may be a parameter, with the values of another. DJL's own {@code
   * copyTo} does the same but makes libtorch print a deprecation warning.
   *
   * @param source the values, on any device
   * @param target an array of the same shape and data type
   */
  public static void copy(NDArray source, NDArray target) {
    try (NoGradient none = new NoGradient();
        NDScope scope = new NDScope()) {
      target.set(new NDIndex("..."), source);
    }
  }
}
