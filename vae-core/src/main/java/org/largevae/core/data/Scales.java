package org.largevae.core.data;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.Scale;

/** The scales of all values of an example, for arrays of values. */
public final class Scales {
  /** Empty where nothing is scaled. */
  private final Scale[] scales;

  private Scales(DataDescription data) {
    int scaled = data.isScaled() ? data.dimensions() : 0;
    scales = IntStream.range(0, scaled).mapToObj(data::scale).toArray(Scale[]::new);
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
    if (scales.length == 0) {
      return values;
    }
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = (float) scales[i % scales.length].toModel(values[i]);
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
    for (float[] row : rows) {
      for (int d = 0; d < scales.length; d++) {
        row[d] = (float) scales[d].toData(row[d]);
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
    if (scales.length == 0) {
      return values;
    }
    NDArray spreads = array(values, Scale::spread);
    return values.mul(spreads).add(array(values, Scale::location));
  }

  private NDArray array(NDArray like, ToDoubleFunction<Scale> part) {
    double[] parts = Arrays.stream(scales).mapToDouble(part).toArray();
    return like.getManager().create(parts).toType(like.getDataType(), false);
  }
}
