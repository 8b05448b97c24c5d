package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Latents of some levels of a model.
 *
 * @param levels top first, each of shape (..., M_l) with the same leading axes
 */
public record Latents(List<NDArray> levels) {
  private static final Latents NONE = new Latents(List.of());

  /** Copies the list. */
  public Latents {
    levels = List.copyOf(levels);
  }

  /**
   * What stands above the top level.
   *
   * @return no latents
   */
  public static Latents none() {
    return NONE;
  }

  /**
   * Latents of one level.
   *
   * @param z shape (..., M)
   * @return the latents
   */
  public static Latents of(NDArray z) {
    return new Latents(List.of(z));
  }

  /**
   * These latents with one more level below them.
   *
   * @param z shape (..., M)
   * @return the latents of all these levels
   */
  public Latents with(NDArray z) {
    List<NDArray> more = new ArrayList<>(levels);
    more.add(z);
    return new Latents(more);
  }

  /**
   * The lowest level, the nearest to the data.
   *
   * @return shape (..., M)
   * @throws java.util.NoSuchElementException if there is none
   */
  public NDArray lowest() {
    return levels.stream().reduce((above, below) -> below).orElseThrow();
  }

  /**
   * The same values, through which no gradient flows.
   *
   * @return the latents
   */
  public Latents detached() {
    return new Latents(levels.stream().map(NDArray::stopGradient).toList());
  }
}
