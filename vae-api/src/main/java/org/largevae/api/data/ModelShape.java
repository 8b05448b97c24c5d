package org.largevae.api.data;

/**
 * The sizes that the parts of one level of a model agree on. An interface, since it will grow: make
 * one with {@link #of}.
 */
public interface ModelShape {

  /**
   * What the examples are made of.
   *
   * @return their description
   */
  DataDescription data();

  /**
   * M, the number of latents of this level.
   *
   * @return at least 1
   */
  int latentSize();

  /**
   * D, the number of values in an example.
   *
   * @return at least 1
   */
  default int dimensions() {
    return data().dimensions();
  }

  /**
   * The sizes of a level.
   *
   * @param data what the examples are made of
   * @param latentSize M
   * @return the shape
   * @throws IllegalArgumentException if M is below 1
   */
  static ModelShape of(DataDescription data, int latentSize) {
    record Sizes(DataDescription data, int latentSize) implements ModelShape {}

    if (latentSize < 1) {
      throw new IllegalArgumentException("latent size " + latentSize + " is below 1");
    }
    return new Sizes(data, latentSize);
  }
}
