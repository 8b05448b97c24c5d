package org.largevae.api.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A distribution that knows its density, or for discrete values its probability, everywhere. */
public interface Density extends Distribution {

  /** What {@link #logProb} is, so that a report does not pass a bound off as a likelihood. */
  enum Kind {
    /** The log-density itself, to rounding. */
    EXACT,
    /** At most the log-density, in expectation: {@code exp} of it has mass at most 1. */
    LOWER_BOUND,
    /** An estimate that may be above or below, for example with an estimated normaliser. */
    ESTIMATE
  }

  /**
   * Log-density, natural log, constants included.
   *
   * @param value shape (..., event); its leading axes broadcast against the batch
   * @return in nats, shape (...), float32 or float64
   * @throws org.largevae.api.tensor.ShapeException if the value does not end in the event's shape
   */
  NDArray logProb(NDArray value);

  /**
   * Log-density of every value under every distribution of a batch (B).
   *
   * @param values shape (..., event)
   * @return in nats, shape (..., B), float32 or float64
   */
  default NDArray logProbPairwise(NDArray values) {
    int beforeEvent = values.getShape().dimension() - event().dimension();
    return logProb(values.expandDims(beforeEvent));
  }

  /**
   * Draws without their density.
   *
   * @param leading axes in front of the batch
   * @param noise the only source of random numbers
   * @return shape (leading, batch, event)
   */
  NDArray sample(Shape leading, Noise noise);

  /**
   * {@link #sample(Shape, Noise)} with the engine's random numbers.
   *
   * @param leading axes in front of the batch
   * @return shape (leading, batch, event)
   */
  default NDArray sample(Shape leading) {
    return sample(leading, Noise.ENGINE);
  }

  @Override
  default Draw draw(Shape leading, Noise noise) {
    NDArray value = sample(leading, noise);
    return new Draw(value, logProb(value));
  }

  /**
   * One value that stands for the distribution, to show in its place: the mean, but of values that
   * are no quantities, such as categories, the most probable, and of values without a mean that can
   * be computed, a draw.
   *
   * @return shape (batch, event); {@link #mean} unless overridden
   */
  default NDArray pointEstimate() {
    return mean();
  }

  /**
   * Whether {@link #mean} can be computed. Where it cannot, it throws an {@link
   * UnsupportedOperationException}, and {@link #pointEstimate} is a draw, the same at each call.
   *
   * @return true unless overridden
   */
  default boolean hasMean() {
    return true;
  }

  /**
   * What {@link #logProb} is.
   *
   * @return {@link Kind#EXACT} unless overridden
   */
  default Kind kind() {
    return Kind.EXACT;
  }

  /**
   * The normaliser that {@link #logProb} divides by, where it is an estimate.
   *
   * @return empty unless {@link #kind} is {@link Kind#ESTIMATE} for that reason
   */
  default Optional<Normaliser> normaliser() {
    return Optional.empty();
  }

  @Override
  Density map(UnaryOperator<NDArray> change);

  @Override
  default Density select(NDArray rows) {
    return (Density) Distribution.super.select(rows);
  }

  @Override
  default Density detached() {
    return (Density) Distribution.super.detached();
  }
}
