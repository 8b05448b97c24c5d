package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Products of a batch of small matrices with vectors. */
final class BatchedMatrices {

  private BatchedMatrices() {}

  /**
   * Each matrix times its vectors.
   *
   * @param matrices shape (batch, R, C)
   * @param vectors shape (..., batch, C)
   * @return shape (..., batch, R)
   */
  static NDArray times(NDArray matrices, NDArray vectors) {
    int batchAxes = matrices.getShape().dimension() - 2;
    Shape matrix = matrices.getShape().slice(batchAxes);
    Shape shape = vectors.getShape();
    int last = shape.dimension() - 1;
    Shape batch = shape.slice(last - batchAxes, last);
    long count = batch.size();
    NDArray each =
        matrices.broadcast(batch.addAll(matrix)).reshape(new Shape(count).addAll(matrix));
    // vectors of one matrix side by side: a matrix product that broadcasts would copy the matrices
    NDArray columns = vectors.reshape(-1, count, matrix.get(1)).transpose(1, 2, 0);
    NDArray products = each.matMul(columns).transpose(2, 0, 1);
    return products.reshape(shape.slice(0, last).add(matrix.get(0)));
  }
}
