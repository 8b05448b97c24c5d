package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * A likelihood for decoders to be tested with: Gaussian, for values of any kind. Its mean is the
 * sum of all but the last of its parameters, its log variance a bounded function of the last, so
 * that each of them counts.
 */
final class TestLikelihood implements Likelihood {
  private final int count;
  private final int dimensions;

  /**
   * A likelihood.
   *
   * @param data what examples are made of
   * @param count P, the number of parameters for each value
   */
  TestLikelihood(DataDescription data, int count) {
    this(count, data.dimensions());
  }

  private TestLikelihood(int count, int dimensions) {
    this.count = count;
    this.dimensions = dimensions;
  }

  @Override
  public Shape parameters() {
    return new Shape(count, dimensions);
  }

  @Override
  public Optional<Likelihood> ofValues(int values) {
    return Optional.of(new TestLikelihood(count, values));
  }

  @Override
  public boolean supports(ValueKind kind) {
    return true;
  }

  @Override
  public DiagonalGaussian of(NDArray parameters, Pass pass) {
    Shape shape = parameters.getShape();
    int axis = shape.dimension() - 2;
    if (axis < 0 || !shape.slice(axis).equals(parameters())) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "the decoder gave parameters of shape %s, but the likelihood needs (..., %d, %d): the"
                  + " shape that parameters() says, behind the axes of the latents",
              shape,
              count,
              dimensions));
    }
    NDList each = parameters.split(count, axis);
    NDArray last = each.get(count - 1).squeeze(axis);
    NDArray mean = count == 1 ? last : parameters.sum(new int[] {axis}).sub(last);
    return new DiagonalGaussian(mean, Tensors.multiply(last, 0.1).tanh());
  }
}
