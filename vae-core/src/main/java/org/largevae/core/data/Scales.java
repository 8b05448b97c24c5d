package org.largevae.core.data;

import ai.djl.ndarray.NDArray;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.Scale;

/** The scales of all values of an example, for arrays of values. */
public final class Scales {
  private final double[] locations;
  private final double[] spreads;
  private final boolean none;

  private Scales(DataDescription data) {
    none = !data.isScaled();
    locations = new double[none ? 0 : data.dimensions()];
    spreads = new double[locations.length];
    for (int value = 0; value < locations.length; value++) {
      Scale scale = data.scale(value);
      locations[value] = scale.location();
      spreads[value] = scale.spread();
    }
  }

  /**
   * The scales of data.
   *
   * @param data what examples are made of
   * @return D scales
   */
  public static Scales of(DataDescription data) {
    return new Scales(data);
  }

  /**
   * Values as a model sees them.
   *
   * @param values N x D in the data's own units, example by example; not changed
   * @return as many; the same array where nothing is scaled
   */
  public float[] toModel(float[] values) {
    if (none) {
      return values;
    }
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int d = i % spreads.length;
      scaled[i] = (float) ((values[i] - locations[d]) / spreads[d]);
    }
    return scaled;
  }

  /**
   * Values in the data's own units.
   *
   * @param rows N rows of D values as a model sees them; changed where something is scaled
   * @return the rows
   */
  public float[][] toData(float[][] rows) {
    for (int i = 0; !none && i < rows.length; i++) {
      for (int d = 0; d < spreads.length; d++) {
        rows[i][d] = (float) (rows[i][d] * spreads[d] + locations[d]);
      }
    }
    return rows;
  }

  /**
   * Values in the data's own units.
   *
   * @param values as a model sees them, shape (..., D); no gradient may be asked of the result
   * @return the same shape and type
   */
  public NDArray toData(NDArray values) {
    if (none) {
      return values;
    }
    NDArray spread = values.getManager().create(spreads).toType(values.getDataType(), false);
    NDArray location = values.getManager().create(locations).toType(values.getDataType(), false);
    return values.mul(spread).add(location);
  }
}
