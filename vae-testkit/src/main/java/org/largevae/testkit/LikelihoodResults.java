package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.likelihood.Likelihood;

/** Checks of what a likelihood returns. */
final class LikelihoodResults {

  private LikelihoodResults() {}

  /** Fails unless a likelihood tells the decoder what it needs and is one for the data. */
  static void checkParametersAndKinds(Likelihood likelihood, DataDescription data) {
    Shape parameters = likelihood.parameters();
    assertThat(parameters.dimension() > 0 && parameters.size() > 0)
        .withFailMessage(
            "parameters() is %s: it is the shape of what the decoder has to give for one example,"
                + " (P, D) for P numbers a value",
            parameters)
        .isTrue();
    for (int value = 0; value < data.dimensions(); value++) {
      ValueKind kind = data.kind(value);
      assertThat(likelihood.supports(kind))
          .withFailMessage(
              "supports(%s) is false, but the data of this test are of that kind: the program would"
                  + " refuse them",
              kind.name())
          .isTrue();
    }
  }

  /** Fails unless log-densities are one finite value an example. */
  static void checkLogProb(Density density, NDArray x, String call) {
    NDArray logProb = density.logProb(x);
    String need = "one value an example; sum over the last axis with Tensors.sumLast";
    String with = call + ", x of shape " + x.getShape();
    ResultChecks.shape(logProb, new Shape(x.getShape().get(0)), with, need);
    ResultChecks.type(logProb, call, true);
    ResultChecks.finite(
        logProb,
        call,
        "stay in logs (Tensors.softplus, Tensors.logSigmoid) and bound what is exponentiated"
            + " (Tensors.clamp)");
  }

  /** Fails unless means and draws have the shape of examples, and are in bounds. */
  static void checkDraws(Density density, DataDescription data) {
    NDArray mean = density.mean();
    Shape shape = density.batch().addAll(density.event());
    ResultChecks.shape(mean, shape, "mean()", "one example for each of the decoder's");
    NDArray sample = density.sample(new Shape(2));
    Shape several = new Shape(2).addAll(shape);
    ResultChecks.shape(
        sample, several, "sample((2))", "two draws for each of the decoder's outputs");
    ResultChecks.type(sample, "sample((2))", false);
    double[] draws = Arrays64.values(sample);
    for (int i = 0; i < draws.length; i++) {
      ValueKind kind = data.kind(i % data.dimensions());
      assertThat(kind.holds((float) draws[i]))
          .withFailMessage(
              "sample drew %s, which is no value of %s data: %s",
              draws[i], kind.name(), kind.rule())
          .isTrue();
    }
    checkBounds(mean, data, "mean");
    NDArray estimate = density.pointEstimate();
    ResultChecks.shape(estimate, shape, "pointEstimate()", "one example for each of the decoder's");
    checkBounds(estimate, data, "pointEstimate");
    checkPossible(estimate, data);
  }

  /** Fails unless what is no quantity is estimated by a value that it may have. */
  private static void checkPossible(NDArray estimate, DataDescription data) {
    double[] values = Arrays64.values(estimate);
    for (int i = 0; i < values.length; i++) {
      ValueKind kind = data.kind(i % data.dimensions());
      boolean quantity =
          !(kind instanceof ValueKinds.Category || kind instanceof ValueKinds.Ordinal);
      assertThat(quantity || kind.holds((float) values[i]))
          .withFailMessage(
              "pointEstimate returned %s, which is no value of %s data (%s): override it, the mean"
                  + " of what is no quantity stands for nothing",
              values[i], kind.name(), kind.rule())
          .isTrue();
    }
  }

  private static void checkBounds(NDArray array, DataDescription data, String call) {
    double[] means = Arrays64.values(array);
    for (int i = 0; i < means.length; i++) {
      ValueKind kind = data.kind(i % data.dimensions());
      assertThat(
              Double.isFinite(means[i]) && means[i] >= kind.lowest() && means[i] <= kind.highest())
          .withFailMessage(
              "%s returned %s, beyond the bounds of %s data, %s to %s",
              call, means[i], kind.name(), kind.lowest(), kind.highest())
          .isTrue();
    }
  }
}
