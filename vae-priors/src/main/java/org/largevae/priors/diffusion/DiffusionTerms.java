package org.largevae.priors.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.largevae.api.distribution.Noise;
import org.largevae.api.tensor.Tensors;

/**
 * What a diffusion's denoiser takes from the bound of the standard Gaussian: {@code sum_t lambda_t
 * E_eps[ ||v - v'(z_t)||^2 - ||v||^2 ]}, whose integrand is {@code v' (v' - 2 v)}.
 */
interface DiffusionTerms {

  /**
   * The terms, summed or estimated.
   *
   * @param latents z, shape (n, M)
   * @param denoiser predicts v
   * @return shape (n)
   */
  NDArray sum(NDArray latents, Denoiser denoiser);

  /**
   * All terms, with noise that is the same for every z, so that little of its error may be left.
   * Each noise is used with its opposite, of which what is odd in it vanishes; and {@code E[eps
   * v'(z_t)]} is taken as {@code sigma_t E[div v'(z_t)]} (Stein's lemma), which is not multiplied
   * by noise any more.
   *
   * @param schedule the levels
   * @param noise float32, shape (R, T, M)
   */
  record AllTerms(DiffusionSchedule schedule, NDArray noise) implements DiffusionTerms {
    @Override
    public NDArray sum(NDArray latents, Denoiser denoiser) {
      long draws = noise.getShape().get(0);
      NDArray sum = Tensors.sumLast(latents.zerosLike());
      for (int draw = 0; draw < draws; draw++) {
        for (int t = 0; t < schedule.steps(); t++) {
          // a scope for each step: of all steps at once the arrays would fill the memory
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray pair = pair(latents, denoiser, draw, t);
            sum = sum.add(Tensors.multiply(pair, schedule.weight(t) / (2 * draws)));
            NDScope.unregister(sum);
          }
          NDScope.register(sum);
        }
      }
      return sum;
    }

    private NDArray pair(NDArray latents, Denoiser denoiser, int draw, int t) {
      double gamma = schedule.gamma()[t];
      double alpha = DiffusionSchedule.alpha(gamma);
      double sigma = DiffusionSchedule.sigma(gamma);
      NDArray chosen = noise.get(new NDIndex("{}, {}", draw, t)).expandDims(0);
      NDArray normal =
          latents.getDataType() == DataType.FLOAT64 ? Tensors.toFloat64(chosen) : chosen;
      NDArray centre = Tensors.multiply(latents, alpha);
      NDArray offset = Tensors.multiply(normal, sigma);
      NDArray noisy = centre.add(offset).concat(centre.sub(offset), 0);
      NDArray level = Tensors.constant(latents, gamma).reshape(1, 1);
      Denoiser.Velocity predicted = denoiser.withDivergence(noisy, level);
      NDArray twice = latents.concat(latents, 0);
      NDArray known = predicted.value().add(Tensors.multiply(twice, 2 * sigma));
      return Tensors.sumLast(predicted.value().mul(known))
          .sub(Tensors.multiply(predicted.divergence(), 2 * alpha * sigma))
          .reshape(2, -1)
          .sum(new int[] {0});
    }
  }

  /**
   * One term for each row, drawn in proportion to its weight, so that all errors of v count alike.
   * Levels are stratified: row i takes the quantile {@code (u + i / n) mod 1}.
   *
   * @param schedule the levels
   * @param seed of levels and noise
   */
  record OneTerm(DiffusionSchedule schedule, long seed) implements DiffusionTerms {
    @Override
    public NDArray sum(NDArray latents, Denoiser denoiser) {
      int rows = Math.toIntExact(latents.getShape().get(0));
      double[] cumulative = new double[schedule.steps()];
      for (int t = 0; t < cumulative.length; t++) {
        cumulative[t] = schedule.weight(t) + (t == 0 ? 0 : cumulative[t - 1]);
      }
      double total = cumulative[cumulative.length - 1];
      SplittableRandom random = new SplittableRandom(seed);
      double offset = random.nextDouble();
      double[] levels = new double[rows];
      for (int i = 0; i < rows; i++) {
        int place = Arrays.binarySearch(cumulative, (offset + (double) i / rows) % 1 * total);
        // rounding may lead beyond the last
        int t = Math.min(place < 0 ? -place - 1 : place, cumulative.length - 1);
        levels[i] = schedule.gamma()[t];
      }
      NDArray alpha = column(latents, Arrays.stream(levels).map(DiffusionSchedule::alpha));
      NDArray sigma = column(latents, Arrays.stream(levels).map(DiffusionSchedule::sigma));
      NDArray normal = normal(latents, random.nextLong());
      NDArray noisy = latents.mul(alpha).add(normal.mul(sigma));
      NDArray target = normal.mul(alpha).sub(latents.mul(sigma));
      NDArray gamma = column(latents, Arrays.stream(levels));
      NDArray predicted = denoiser.velocity(noisy, gamma);
      NDArray error = predicted.sub(Tensors.multiply(target, 2));
      return Tensors.multiply(Tensors.sumLast(predicted.mul(error)), total);
    }

    private static NDArray column(NDArray like, DoubleStream values) {
      double[] each = values.toArray();
      NDArray column =
          like.getManager()
              .create(each, new Shape(each.length, 1))
              .toType(like.getDataType(), false);
      // memory of its own, which backward may read at any time
      return column.duplicate();
    }

    private static NDArray normal(NDArray like, long seed) {
      NDManager manager = like.getManager();
      return Noise.ofExamples(seed)
          .normal(manager, new Shape(1, like.size()), like.getDataType())
          .reshape(like.getShape())
          .duplicate();
    }
  }
}
