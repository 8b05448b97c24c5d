package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.distribution.Support;
import org.largevae.api.distribution.UniformSphere;
import org.largevae.api.tensor.Tensors;

/**
 * Spherical Cauchy distributions: {@code p(x) = ((1 - |psi|^2) / |x - psi|^2)^(m-1) / |S^(m-1)|} on
 * the unit sphere in R^m (Kato and McCullagh 2020, arXiv:1510.07679). A draw is the Moebius image
 * {@code (1 - |psi|^2) / |u + psi|^2 (u + psi) + psi} of a uniform u, so that it is a smooth
 * function of psi.
 *
 * @param centre psi, within the unit ball, shape (..., m)
 */
record SphericalCauchy(NDArray centre) implements Density {
  private static final int NODES = 2000;
  private static final double STEP = 1e-5;

  @Override
  public Shape batch() {
    return centre.getShape().slice(0, last());
  }

  @Override
  public Shape event() {
    return centre.getShape().slice(last());
  }

  @Override
  public Support support() {
    return Support.SPHERE;
  }

  @Override
  public NDArray logProb(NDArray value) {
    Shapes.requireFit(value, batch(), event().get(0));
    NDArray ratio =
        gap().squeeze(last()).log().sub(Tensors.sumLast(value.sub(centre).square()).log());
    return Tensors.multiply(ratio, event().get(0) - 1.0).sub(UniformSphere.logArea(event().get(0)));
  }

  @Override
  public NDArray sample(Shape leading, Noise noise) {
    UniformSphere uniform = new UniformSphere(centre.getManager(), event().get(0));
    NDArray moved = uniform.sample(leading.addAll(batch()), noise).add(centre);
    int last = moved.getShape().dimension() - 1;
    return gap().div(moved.square().sum(new int[] {last}, true)).mul(moved).add(centre);
  }

  private int last() {
    return centre.getShape().dimension() - 1;
  }

  /** {@code 1 - |psi|^2}, shape (..., 1). */
  private NDArray gap() {
    return centre.square().sum(new int[] {last()}, true).neg().add(1);
  }

  /** By the trapezoid rule over the angle to psi; its slope by differences. */
  @Override
  public NDArray mean() {
    NDArray lengths = centre.square().sum(new int[] {last()}, true).sqrt();
    double[] at = Tensors.toDoubles(lengths);
    NDArray cosines = like(lengths, Arrays.stream(at).map(this::meanCosine).toArray());
    NDArray slopes = like(lengths, Arrays.stream(at).map(this::meanCosineSlope).toArray());
    NDArray along = slopes.mul(lengths.sub(lengths.stopGradient())).add(cosines);
    return centre.div(lengths).mul(along);
  }

  private static NDArray like(NDArray array, double[] values) {
    return Arrays64.create(array.getManager(), values, array.getShape(), array.getDataType());
  }

  private double meanCosineSlope(double length) {
    return (meanCosine(length + STEP) - meanCosine(length - STEP)) / (2 * STEP);
  }

  private double meanCosine(double length) {
    double power = event().get(0) - 1.0;
    double[] angles =
        IntStream.range(0, NODES).mapToDouble(i -> Math.PI * (i + 0.5) / NODES).toArray();
    double mass = 0;
    double sum = 0;
    for (double angle : angles) {
      double distance = 1 + length * length - 2 * length * Math.cos(angle);
      double weight = Math.pow(Math.sin(angle), power - 1) * Math.pow(distance, -power);
      mass += weight;
      sum += weight * Math.cos(angle);
    }
    return sum / mass;
  }

  @Override
  public SphericalCauchy map(UnaryOperator<NDArray> change) {
    return new SphericalCauchy(change.apply(centre));
  }
}
