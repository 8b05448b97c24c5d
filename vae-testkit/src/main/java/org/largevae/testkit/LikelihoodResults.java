package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.data.Support;
import org.largevae.api.likelihood.Likelihood;

/** Checks of what a likelihood returns. */
final class LikelihoodResults {

  private LikelihoodResults() {}

  /** Fails unless log-densities are one finite value an example. */
  static void checkLogProb(Bench<Likelihood> bench, NDArray x, NDList given, String call) {
    NDArray logProb = bench.component().logProb(x, given, bench.inference());
    String need = "one value an example; sum over the last axis with Tensors.sumLast";
    String with = call + ", x of shape " + x.getShape();
    Results.shape(logProb, new Shape(x.getShape().get(0)), with, need);
    Results.type(logProb, call, true);
    Results.finite(
        logProb,
        call,
        "stay in logs (Tensors.softplus, Tensors.logSigmoid) and bound what is exponentiated"
            + " (Tensors.clamp)");
  }

  /** Fails unless means and draws have the shape of what the decoder gave, and are in bounds. */
  static void checkDraws(Bench<Likelihood> bench, NDList given) {
    NDArray mean = bench.component().mean(given, bench.inference());
    NDArray sample = bench.component().sample(given, bench.inference());
    Shape shape = given.get(0).getShape();
    Results.shape(mean, shape, "mean", "one example a row, like the decoder's arrays");
    Results.shape(sample, shape, "sample", "one draw a row, like the decoder's arrays");
    Support support = bench.shape().support();
    for (double value : Arrays64.values(sample)) {
      assertThat(SupportValues.holds(support, value))
          .withFailMessage(
              "sample drew %s, which is no value of %s data: %s",
              value, support, SupportValues.describe(support))
          .isTrue();
    }
    for (double value : Arrays64.values(mean)) {
      assertThat(Double.isFinite(value) && value >= support.lowest() && value <= support.highest())
          .withFailMessage(
              "mean returned %s, beyond the bounds of %s data, %s to %s",
              value, support, support.lowest(), support.highest())
          .isTrue();
    }
  }
}
