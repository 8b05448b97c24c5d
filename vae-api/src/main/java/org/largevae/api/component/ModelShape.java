package org.largevae.api.component;

import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;

/**
 * The sizes that a model's parts agree on.
 *
 * @param data the shape of an example, D values in all
 * @param support which values an example may have
 * @param latentSize M, at least 1
 */
public record ModelShape(DataShape data, Support support, int latentSize) {

  /** Checks the latent size. */
  public ModelShape {
    if (latentSize < 1) {
      throw new IllegalArgumentException("latent size " + latentSize + " is below 1");
    }
  }

  /**
   * D, the number of values in an example.
   *
   * @return the product of the data's axes
   */
  public int dimensions() {
    return data.dimensions();
  }
}
