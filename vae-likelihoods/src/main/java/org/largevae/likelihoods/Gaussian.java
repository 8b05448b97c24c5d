package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Support;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/**
 * Independent Gaussian values. See {@link GaussianProvider} for the formula, its source and what
 * the numbers mean on 8-bit images.
 */
public final class Gaussian implements Likelihood {
  private static final List<String> PARAMETERS = List.of("mean", "log-variance");
  private static final double LOG_2PI = Math.log(2 * Math.PI);

  private final GaussianConfig config;
  private final Support support;

  /**
   * A likelihood.
   *
   * @param config its bounds, for example {@link GaussianConfig#DEFAULT}
   * @param support which values {@link #mean} and {@link #sample} may give
   */
  public Gaussian(GaussianConfig config, Support support) {
    this.config = Objects.requireNonNull(config, "config is null");
    this.support = Objects.requireNonNull(support, "support is null");
  }

  @Override
  public List<String> parameterNames() {
    return PARAMETERS;
  }

  @Override
  public Set<Support> supports() {
    return Set.of(Support.REAL, Support.PIXEL_256);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ShapeException if there are not two arrays, or they do not fit x
   */
  @Override
  public NDArray logProb(NDArray x, NDList parameters, Pass pass) {
    ParameterArrays.check(GaussianProvider.NAME, PARAMETERS, parameters, x);
    NDArray logVariance = logVariance(parameters);
    NDArray squares = parameters.get(0).sub(x).square().mul(logVariance.neg().exp());
    // two sums are cheaper than adding the arrays first
    NDArray sum = Tensors.sumLast(squares).add(Tensors.sumLast(logVariance));
    return Tensors.multiply(sum.add(x.getShape().get(1) * LOG_2PI), -0.5);
  }

  /**
   * {@inheritDoc}
   *
   * <p>It is the parameter {@code mean}, for {@link Support#PIXEL_256} clamped to the values that
   * pixels can have.
   *
   * @throws ShapeException if there are not two arrays of one shape
   */
  @Override
  public NDArray mean(NDList parameters, Pass pass) {
    ParameterArrays.check(GaussianProvider.NAME, PARAMETERS, parameters);
    NDArray mean = parameters.get(0);
    return support == Support.PIXEL_256
        ? Tensors.clamp(mean, PixelValues.LOWEST, PixelValues.HIGHEST)
        : mean;
  }

  /**
   * {@inheritDoc}
   *
   * <p>For {@link Support#PIXEL_256} a draw is moved to the nearest pixel value.
   *
   * @throws ShapeException if there are not two arrays of one shape
   */
  @Override
  public NDArray sample(NDList parameters, Pass pass) {
    ParameterArrays.check(GaussianProvider.NAME, PARAMETERS, parameters);
    NDArray mean = parameters.get(0);
    NDArray noise = mean.getManager().randomNormal(mean.getShape(), mean.getDataType());
    NDArray deviation = Tensors.multiply(logVariance(parameters), 0.5).exp();
    NDArray draw = noise.mul(deviation).add(mean);
    return support == Support.PIXEL_256 ? PixelValues.nearest(draw) : draw;
  }

  private NDArray logVariance(NDList parameters) {
    return Tensors.clamp(parameters.get(1), config.logVarianceMin(), config.logVarianceMax());
  }
}
