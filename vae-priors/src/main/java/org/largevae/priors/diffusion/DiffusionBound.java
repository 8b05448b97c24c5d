package org.largevae.priors.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.tensor.Tensors;

/**
 * The discrete model of a {@link LatentDiffusion}: its evidence lower bound and its draws. A draw
 * is exact, {@code z_{t-1} ~ N(alpha_{t|t-1} z_t - beta_t alpha_{t-1} v' / sigma_t, beta_t)} from
 * {@code z_T ~ N(0, I)} on; no gradient flows through it.
 *
 * @param denoiser predicts v
 * @param schedule the levels
 * @param terms what the denoiser adds
 * @param manager makes arrays
 * @param size M
 */
record DiffusionBound(
    Denoiser denoiser,
    DiffusionSchedule schedule,
    DiffusionTerms terms,
    NDManager manager,
    int size)
    implements Density {

  @Override
  public Shape batch() {
    return new Shape();
  }

  @Override
  public Shape event() {
    return new Shape(size);
  }

  @Override
  public Kind kind() {
    return Kind.LOWER_BOUND;
  }

  @Override
  public NDArray logProb(NDArray value) {
    Shapes.requireEvent(value, size);
    NDArray latents = value.reshape(-1, size);
    Denoiser suited =
        value.getDataType() == DataType.FLOAT64 ? denoiser.map(Tensors::toFloat64) : denoiser;
    NDArray logProb = standardNormal(latents).sub(terms.sum(latents, suited));
    return logProb.reshape(value.getShape().slice(0, value.getShape().dimension() - 1));
  }

  /** Of rows, shape (n, M), in their data type. */
  static NDArray standardNormal(NDArray latents) {
    NDArray zeros =
        latents.getManager().zeros(new Shape(latents.getShape().get(1)), latents.getDataType());
    return new DiagonalGaussian(zeros, zeros).logProb(latents);
  }

  @Override
  public NDArray sample(Shape leading, Noise noise) {
    Shape shape = leading.add(size);
    Denoiser fixed = denoiser.map(NDArray::stopGradient);
    NDArray current = noise.normal(manager, shape, DataType.FLOAT32);
    for (int t = schedule.steps() - 1; t >= 0; t--) {
      // a scope for each step, as in the bound
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray mean = below(current.reshape(-1, size), t, fixed).reshape(shape);
        NDArray normal = noise.normal(manager, shape, DataType.FLOAT32);
        current = mean.add(Tensors.multiply(normal, Math.sqrt(schedule.variance(t))));
        NDScope.unregister(current);
      }
      NDScope.register(current);
    }
    return current;
  }

  /** The mean of the level that step t leads to. */
  private NDArray below(NDArray latents, int t, Denoiser fixed) {
    double gamma = schedule.gamma()[t];
    double alphaBelow = schedule.alphaBelow(t);
    NDArray level = Tensors.constant(latents, gamma).reshape(1, 1);
    NDArray kept = Tensors.multiply(latents, DiffusionSchedule.alpha(gamma) / alphaBelow);
    double factor = schedule.variance(t) * alphaBelow / DiffusionSchedule.sigma(gamma);
    return kept.sub(Tensors.multiply(fixed.velocity(latents, level), factor));
  }

  @Override
  public NDArray mean() {
    return DrawnMean.of(this, size);
  }

  @Override
  public Density map(UnaryOperator<NDArray> change) {
    return new DiffusionBound(denoiser.map(change), schedule, terms, manager, size);
  }
}
