package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.tensor.Tensors;

/**
 * Independent values of which some stand under one density and some under another.
 *
 * @param parts over D_1, D_2, ... values, of the same batch
 * @param order the places among the D values of those of the first part, of the second and so on
 */
record MixedColumns(List<Factorised> parts, int[] order) implements Factorised {

  @Override
  public Shape batch() {
    return parts.get(0).batch();
  }

  @Override
  public Shape event() {
    return new Shape(order.length);
  }

  @Override
  public NDArray logProbEach(NDArray x) {
    Shapes.requireFit(x, batch(), order.length);
    NDArray grouped = columns(x, order);
    NDList each = new NDList();
    int from = 0;
    for (Factorised part : parts) {
      int to = from + Math.toIntExact(part.event().get(0));
      each.add(Tensors.toFloat64(part.logProbEach(grouped.get("..., " + from + ":" + to))));
      from = to;
    }
    return inOrder(each);
  }

  @Override
  public NDArray mean() {
    return each(Factorised::mean);
  }

  @Override
  public NDArray pointEstimate() {
    return each(Factorised::pointEstimate);
  }

  @Override
  public NDArray sample(Shape leading, Noise noise) {
    return each(part -> part.sample(leading, noise));
  }

  private NDArray each(Function<Factorised, NDArray> values) {
    return inOrder(new NDList(parts.stream().map(values).toList()));
  }

  /** Arrays of the parts' values as one of all values in the data's order. */
  private NDArray inOrder(NDList ofParts) {
    if (ofParts.size() == 1) {
      // the columns of one part are in the data's order; to concatenate one array cuts its gradient
      return ofParts.get(0);
    }
    int axis = ofParts.get(0).getShape().dimension() - 1;
    int[] back = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      back[order[i]] = i;
    }
    return columns(NDArrays.concat(ofParts, axis), back);
  }

  /** Columns of x, shape (..., D), in another order. */
  private static NDArray columns(NDArray x, int[] order) {
    if (Arrays.equals(order, IntStream.range(0, order.length).toArray())) {
      return x;
    }
    Shape shape = x.getShape();
    long[] places = Arrays.stream(order).asLongStream().toArray();
    NDArray index = x.getManager().create(places).broadcast(shape);
    return x.gather(index, shape.dimension() - 1);
  }

  @Override
  public MixedColumns map(UnaryOperator<NDArray> change) {
    return new MixedColumns(
        parts.stream().map(part -> (Factorised) part.map(change)).toList(), order);
  }
}
