package org.largevae.priors.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import org.largevae.api.tensor.Tensors;

/**
 * A network of two hidden layers with swish, whose input is the latents and sines and cosines of
 * their level.
 *
 * @param schedule whose levels are put to [0, 1]
 * @param latentWeight shape (M, H)
 * @param timeWeight shape ({@value #TIME_FEATURES}, H)
 * @param inputBias shape (H)
 * @param hiddenWeight shape (H, H)
 * @param hiddenBias shape (H)
 * @param outputWeight shape (H, M)
 * @param outputBias shape (M)
 */
record DenoisingNetwork(
    DiffusionSchedule schedule,
    NDArray latentWeight,
    NDArray timeWeight,
    NDArray inputBias,
    NDArray hiddenWeight,
    NDArray hiddenBias,
    NDArray outputWeight,
    NDArray outputBias)
    implements Denoiser {
  static final int TIME_FEATURES = 64;

  /** Faster waves would make the flow's path too rough for a few steps of a solver. */
  private static final double HIGHEST_FREQUENCY = 30;

  @Override
  public NDArray velocity(NDArray latents, NDArray gamma) {
    NDArray first = swish(input(latents, gamma));
    NDArray second = swish(first.matMul(hiddenWeight).add(hiddenBias));
    return second.matMul(outputWeight).add(outputBias);
  }

  /** The trace of a product of five matrices, two of them diagonal, is one quadratic form. */
  @Override
  public Velocity withDivergence(NDArray latents, NDArray gamma) {
    NDArray beforeFirst = input(latents, gamma);
    NDArray beforeSecond = swish(beforeFirst).matMul(hiddenWeight).add(hiddenBias);
    NDArray value = swish(beforeSecond).matMul(outputWeight).add(outputBias);
    NDArray form = hiddenWeight.mul(outputWeight.matMul(latentWeight).transpose());
    NDArray divergence =
        Tensors.sumLast(swishSlope(beforeFirst).matMul(form).mul(swishSlope(beforeSecond)));
    return new Velocity(value, divergence);
  }

  private NDArray input(NDArray latents, NDArray gamma) {
    NDArray time = features(gamma).matMul(timeWeight).add(inputBias);
    return latents.matMul(latentWeight).add(time);
  }

  /** Sines and cosines of frequencies from 1 on, shape (n, 64). */
  private NDArray features(NDArray gamma) {
    int count = TIME_FEATURES / 2;
    NDArray index = gamma.getManager().arange(0, count, 1, gamma.getDataType()).reshape(1, count);
    NDArray frequencies = Tensors.multiply(index, Math.log(HIGHEST_FREQUENCY) / (count - 1)).exp();
    double range = schedule.highest() - schedule.lowest();
    NDArray place = Tensors.multiply(gamma.sub(schedule.lowest()), 1 / range);
    NDArray angles = place.mul(frequencies);
    return angles.sin().concat(angles.cos(), 1);
  }

  private static NDArray swish(NDArray x) {
    return x.mul(Tensors.sigmoid(x));
  }

  private static NDArray swishSlope(NDArray x) {
    NDArray sigmoid = Tensors.sigmoid(x);
    return sigmoid.add(x.mul(sigmoid).mul(sigmoid.neg().add(1)));
  }

  @Override
  public Denoiser map(UnaryOperator<NDArray> change) {
    return new DenoisingNetwork(
        schedule,
        change.apply(latentWeight),
        change.apply(timeWeight),
        change.apply(inputBias),
        change.apply(hiddenWeight),
        change.apply(hiddenBias),
        change.apply(outputWeight),
        change.apply(outputBias));
  }
}
