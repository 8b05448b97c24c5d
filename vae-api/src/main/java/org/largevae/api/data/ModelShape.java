package org.largevae.api.data;

import java.util.List;

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
   * The numbers of latents of the levels above, which the parts of this level are given too: an
   * encoder for {@code q(z_l | x, z above)}, a prior for {@code p(z_l | z above)}, and the decoder,
   * whose level is the lowest, for {@code p(x | z)}.
   *
   * @return top first; none at the top
   */
  default List<Integer> latentSizesAbove() {
    return List.of();
  }

  /**
   * D, the number of values in an example.
   *
   * @return at least 1
   */
  default int dimensions() {
    return data().dimensions();
  }

  /**
   * The sizes of the only level, or of the top one.
   *
   * @param data what the examples are made of
   * @param latentSize M
   * @return the shape
   * @throws IllegalArgumentException if M is below 1
   */
  static ModelShape of(DataDescription data, int latentSize) {
    return of(data, latentSize, List.of());
  }

  /**
   * The sizes of a level below others.
   *
   * @param data what the examples are made of
   * @param latentSize M
   * @param latentSizesAbove those of the levels above, top first
   * @return the shape
   * @throws IllegalArgumentException if a size is below 1
   */
  static ModelShape of(DataDescription data, int latentSize, List<Integer> latentSizesAbove) {
    record Sizes(DataDescription data, int latentSize, List<Integer> latentSizesAbove)
        implements ModelShape {}

    if (latentSize < 1) {
      throw new IllegalArgumentException("latent size " + latentSize + " is below 1");
    }
    if (latentSizesAbove.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "latent sizes above of " + latentSizesAbove + ": each must be at least 1");
    }
    return new Sizes(data, latentSize, List.copyOf(latentSizesAbove));
  }
}
