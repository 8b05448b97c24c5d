package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Draw;

/** Checks that posteriors give finite results of the right shape. */
final class PosteriorChecks {

  private PosteriorChecks() {}

  static void check(Bench<?> bench, Distribution posterior, int rows, int seed) {
    int latents = bench.shape().latentSize();
    ResultChecks.distribution(posterior, new Shape(rows), new Shape(latents), "the posterior");
    if (posterior instanceof Density density) {
      NDArray sample = density.sample(new Shape(2));
      check(sample, new Shape(2, rows, latents), "sample((2))", "(S, B, M)", false);
    }
    Draw draw = posterior.draw(new Shape(2));
    check(posterior.mean(), new Shape(rows, latents), "mean()", "(B, M)", false);
    check(draw.value(), new Shape(2, rows, latents), "draw((2)).value()", "(S, B, M)", false);
    check(draw.logProb(), new Shape(2, rows), "draw((2)).logProb()", "(S, B)", true);
    NDArray one = posterior.draw(new Shape()).value();
    check(one, new Shape(rows, latents), "draw(()).value()", "(B, M)", false);
    if (posterior instanceof Density density) {
      NDArray each = density.logProb(draw.value());
      check(each, new Shape(2, rows), "logProb(z) of shape (S, B, M)", "(S, B)", true);
      NDArray own = density.logProb(bench.latents(rows, seed));
      check(own, new Shape(rows), "logProb(z) of shape (B, M)", "(B)", true);
      NDArray pairs = density.logProbPairwise(bench.latents(5, seed));
      check(pairs, new Shape(5, rows), "logProbPairwise(z) of shape (N, M)", "(N, B)", true);
    }
  }

  private static void check(
      NDArray result, Shape shape, String call, String letters, boolean alsoFloat64) {
    ResultChecks.shape(result, shape, "the posterior's " + call, "it is " + letters);
    ResultChecks.type(result, "the posterior's " + call, alsoFloat64);
    ResultChecks.finite(
        result, "the posterior's " + call, "keep log variances within bounds (Tensors.clamp)");
  }
}
