package org.largevae.priors.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.tensor.Tensors;

/**
 * The probability flow of a {@link LatentDiffusion} (Song et al. 2021, arXiv:2011.13456, section
 * 4.3): {@code dz/dgamma = alpha sigma v'(z, gamma) / 2} takes z at the lowest level to N(0, I) at
 * the highest, and {@code log p(z) = log N(z_end | 0, I) + int alpha sigma / 2 div v' dgamma}, with
 * the exact divergence. Solved by the classical Runge-Kutta method in float64, whose error is left.
 *
 * @param denoiser predicts v
 * @param schedule has the lowest and the highest level
 * @param steps of the solver
 * @param manager makes arrays
 * @param size M
 */
record DiffusionFlow(
    Denoiser denoiser, DiffusionSchedule schedule, int steps, NDManager manager, int size)
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
  public NDArray logProb(NDArray value) {
    Shapes.requireEvent(value, size);
    NDArray latents = Tensors.toFloat64(value).reshape(-1, size);
    FlowState start = new FlowState(latents, Tensors.sumLast(latents.zerosLike()));
    FlowState end = solve(start, schedule.lowest(), schedule.highest(), Tensors::toFloat64);
    NDArray logProb = DiffusionBound.standardNormal(end.latents).add(end.logVolume);
    return logProb.reshape(value.getShape().slice(0, value.getShape().dimension() - 1));
  }

  @Override
  public NDArray sample(Shape leading, Noise noise) {
    Shape shape = leading.add(size);
    NDArray normal = noise.normal(manager, shape, DataType.FLOAT32);
    NDArray latents = Tensors.toFloat64(normal).reshape(-1, size);
    FlowState start = new FlowState(latents, Tensors.sumLast(latents.zerosLike()));
    FlowState end =
        solve(
            start,
            schedule.highest(),
            schedule.lowest(),
            parameter -> Tensors.toFloat64(parameter.stopGradient()));
    return end.latents.toType(DataType.FLOAT32, false).reshape(shape);
  }

  /** Where rows are, and the integral of the divergence on their way, shapes (n, M) and (n). */
  private record FlowState(NDArray latents, NDArray logVolume) {
    FlowState plus(FlowState slope, double step) {
      return new FlowState(
          latents.add(Tensors.multiply(slope.latents, step)),
          logVolume.add(Tensors.multiply(slope.logVolume, step)));
    }
  }

  private FlowState solve(FlowState start, double from, double to, UnaryOperator<NDArray> change) {
    Denoiser suited = denoiser.map(change);
    double step = (to - from) / steps;
    FlowState state = start;
    for (int i = 0; i < steps; i++) {
      double gamma = from + i * step;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        FlowState first = slope(suited, state, gamma);
        FlowState second = slope(suited, state.plus(first, step / 2), gamma + step / 2);
        FlowState third = slope(suited, state.plus(second, step / 2), gamma + step / 2);
        FlowState fourth = slope(suited, state.plus(third, step), gamma + step);
        state =
            state
                .plus(first, step / 6)
                .plus(second, step / 3)
                .plus(third, step / 3)
                .plus(fourth, step / 6);
        NDScope.unregister(state.latents, state.logVolume);
      }
      NDScope.register(state.latents);
      NDScope.register(state.logVolume);
    }
    return state;
  }

  private static FlowState slope(Denoiser suited, FlowState state, double gamma) {
    double speed = DiffusionSchedule.alpha(gamma) * DiffusionSchedule.sigma(gamma) / 2;
    NDArray level = Tensors.constant(state.latents, gamma).reshape(1, 1);
    Denoiser.Velocity velocity = suited.withDivergence(state.latents, level);
    return new FlowState(
        Tensors.multiply(velocity.value(), speed), Tensors.multiply(velocity.divergence(), speed));
  }

  @Override
  public NDArray mean() {
    return DrawnMean.of(this, size);
  }

  @Override
  public Density map(UnaryOperator<NDArray> change) {
    return new DiffusionFlow(denoiser.map(change), schedule, steps, manager, size);
  }
}
