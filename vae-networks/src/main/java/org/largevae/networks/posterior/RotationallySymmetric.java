package org.largevae.networks.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.distribution.Support;
import org.largevae.api.distribution.UniformSphere;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * Densities on the unit sphere that depend on the angle to a mean direction alone: {@code log p(x)
 * = kappa s(mu'x) - L(kappa) - log |S^(m-1)|}. Functions of kappa are computed on the host, with
 * their derivatives, and enter the graph as {@code f + f' (kappa - stop(kappa))}.
 */
interface RotationallySymmetric extends Density {

  /** mu, shape (batch, m). */
  NDArray meanDirection();

  /** kappa, shape (batch). */
  NDArray concentration();

  /** Whether draws carry the gradient with respect to kappa, which costs a quadrature each. */
  boolean reparameterised();

  /** The angle's law at one concentration. */
  AngularLaw law(double concentration);

  /** s of cosines, float64, any shape. */
  NDArray statistic(NDArray cosine);

  /** Checks the shapes of the parameters. */
  static void check(NDArray meanDirection, NDArray concentration) {
    Shape means = meanDirection.getShape();
    int last = means.dimension() - 1;
    if (last < 0 || means.get(last) < 2 || !means.slice(0, last).equals(concentration.getShape())) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "mean directions of shape %s and concentrations of shape %s must have the shapes"
                  + " (..., m) with m at least 2, and (...)",
              means,
              concentration.getShape()));
    }
  }

  @Override
  default Support support() {
    return Support.SPHERE;
  }

  @Override
  default Shape batch() {
    return concentration().getShape();
  }

  @Override
  default Shape event() {
    return new Shape(coordinates());
  }

  private int coordinates() {
    Shape shape = meanDirection().getShape();
    return Math.toIntExact(shape.get(shape.dimension() - 1));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The cosine is taken from the distance to the mean direction, {@code t = 1 - |x - mu|^2 / 2}:
   * what float32 rounds off the lengths of x and mu would else count kappa times.
   *
   * @return shape (...), float64
   */
  @Override
  default NDArray logProb(NDArray value) {
    Shapes.requireFit(value, batch(), coordinates());
    int last = Math.max(value.getShape().dimension(), meanDirection().getShape().dimension()) - 1;
    NDArray squares = value.sub(meanDirection()).square().sum(new int[] {last}, true);
    NDArray halves = Tensors.multiply(Tensors.toFloat64(squares).squeeze(last), -0.5);
    return logProbOfCosine(halves.add(1));
  }

  /**
   * {@inheritDoc}
   *
   * <p>All cosines come out of one matrix product.
   *
   * @return shape (..., B), float64
   */
  @Override
  default NDArray logProbPairwise(NDArray values) {
    Shapes.requireEvent(values, coordinates());
    NDArray points = Tensors.toFloat64(values);
    NDArray means = Tensors.toFloat64(meanDirection());
    NDArray bias = Tensors.multiply(Tensors.sumLast(means.square()), -0.5).add(1);
    NDArray products = points.getNDArrayInternal().linear(points, means, bias).singletonOrThrow();
    int last = points.getShape().dimension() - 1;
    NDArray lengths = points.square().sum(new int[] {last}, true);
    return logProbOfCosine(products.add(Tensors.multiply(lengths, -0.5)));
  }

  private NDArray logProbOfCosine(NDArray cosine) {
    AngularLaw[] laws = laws();
    double logArea = UniformSphere.logArea(coordinates());
    NDArray constant =
        function(
            laws, DataType.FLOAT64, law -> -law.logMoment() - logArea, law -> -law.meanStatistic());
    NDArray flat = concentration().reshape(-1);
    NDArray concentrations = Tensors.toFloat64(flat).reshape(batch());
    return statistic(cosine).mul(concentrations).add(constant);
  }

  /**
   * Draws {@code x = cos(theta) mu + sin(theta) n}, n a unit vector at right angles to mu: the
   * image of a uniform direction under the Householder reflection that takes the first axis to mu
   * or to -mu, whichever is farther, so that nothing cancels.
   */
  @Override
  default NDArray sample(Shape leading, Noise noise) {
    int size = coordinates();
    AngularLaw[] laws = laws();
    NDManager manager = meanDirection().getManager();
    // a draw's numbers come from its generator one after another: the angle, then its direction
    NDArray drawn =
        noise.each(
            manager,
            leading.addAll(meanDirection().getShape()),
            (random, index) ->
                index % size == 0
                    ? AngleGradient.toAngle(laws[index / size % laws.length].draw(random))
                    : random.nextGaussian());
    int last = drawn.getShape().dimension() - 1;
    NDList parts = drawn.split(new long[] {1}, last);
    NDArray angle = reparameterised() ? asFunction(laws, parts.get(0)) : parts.get(0);
    NDArray tangent = tangent(parts.get(1), last);
    return meanDirection().mul(angle.cos()).add(tangent.mul(angle.sin()));
  }

  /** Angles of shape (..., batch, 1) as functions of the concentrations. */
  private NDArray asFunction(AngularLaw[] laws, NDArray angle) {
    double[] angles = Tensors.toDoubles(angle);
    float[] slopes = new float[angles.length];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = (float) AngleGradient.of(laws[i % laws.length], angles[i]);
    }
    NDArray slope = angle.getManager().create(slopes, angle.getShape());
    NDArray change = concentration().sub(concentration().stopGradient());
    return angle.add(slope.mul(change.expandDims(batch().dimension())));
  }

  /**
   * Unit vectors at right angles to the mean directions, from normal numbers (..., batch, m - 1).
   */
  private NDArray tangent(NDArray normal, int last) {
    // not 0, which has no direction
    NDArray safe = normal.add(1e-15);
    NDArray uniform = safe.div(safe.square().sum(new int[] {last}, true).sqrt());
    NDArray mean = meanDirection();
    int lastOfMean = mean.getShape().dimension() - 1;
    NDList parts = mean.split(new long[] {1}, lastOfMean);
    NDArray first = parts.get(0);
    NDArray others = parts.get(1);
    // 1 where the first coordinate is not negative, else -1
    NDArray sign =
        Tensors.multiply(first.stopGradient().gte(0).toType(first.getDataType(), false), 2).sub(1);
    NDArray along = uniform.mul(others).sum(new int[] {last}, true);
    NDArray scaled = along.div(first.mul(sign).add(1)).mul(others);
    return along.concat(scaled.sub(uniform).mul(sign), last);
  }

  @Override
  default NDArray mean() {
    NDArray lengths =
        function(
            laws(),
            concentration().getDataType(),
            AngularLaw::meanCosine,
            AngularLaw::meanCosineSlope);
    return meanDirection().mul(lengths.expandDims(batch().dimension()));
  }

  /** {@inheritDoc} The mean lies within the sphere; this is the mean direction, on it. */
  @Override
  default NDArray pointEstimate() {
    return meanDirection();
  }

  /** {@inheritDoc} Known for the uniform distribution, {@code kappa L' - L}. */
  @Override
  default Optional<NDArray> divergence(Distribution other) {
    if (!(other instanceof UniformSphere) || !other.event().equals(event())) {
      return Optional.empty();
    }
    return Optional.of(
        function(
            laws(),
            DataType.FLOAT64,
            AngularLaw::divergence,
            law -> law.concentration() * law.statisticVariance()));
  }

  /** The laws at the concentrations, row by row. */
  private AngularLaw[] laws() {
    return Arrays.stream(Tensors.toDoubles(concentration()))
        .mapToObj(
            kappa -> {
              if (kappa <= 0) {
                throw new IllegalArgumentException(
                    "a concentration is " + kappa + "; it must be above 0");
              }
              return law(kappa);
            })
        .toArray(AngularLaw[]::new);
  }

  /** A function of the concentrations with the given values and derivatives, shape (batch). */
  private NDArray function(
      AngularLaw[] laws,
      DataType type,
      ToDoubleFunction<AngularLaw> value,
      ToDoubleFunction<AngularLaw> derivative) {
    NDArray flat = concentration().reshape(-1);
    NDArray at = type == DataType.FLOAT64 ? Tensors.toFloat64(flat) : flat;
    NDManager manager = at.getManager();
    NDArray values = manager.create(Arrays.stream(laws).mapToDouble(value).toArray());
    NDArray slopes = manager.create(Arrays.stream(laws).mapToDouble(derivative).toArray());
    NDArray change = slopes.toType(type, false).mul(at.sub(at.stopGradient()));
    return values.toType(type, false).add(change).reshape(batch());
  }
}
