package org.largevae.likelihoods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;

class BernoulliTest {
  private NDManager manager;
  private Pass pass;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    pass = Pass.inference(manager);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void agreesWithReferenceForLogitsUpToTenThousand() {
    Reference reference = Reference.read("bernoulli.csv");
    Density density = density(reference.array(manager, "logit"));
    NDArray x = reference.array(manager, "x");
    // below float32's smallest normal number digits are lost
    reference.assertClose(density.logProb(x), "log_probability", 1e-5, Float.MIN_NORMAL);
    reference.assertClose(density.mean().squeeze(1), "mean", 1e-5, Float.MIN_NORMAL);
  }

  @Test
  void sumsOverTheValuesOfAnExample() {
    Reference reference = Reference.read("bernoulli.csv");
    NDArray x = reference.array(manager, "x").transpose();
    NDArray logits = reference.array(manager, "logit").transpose();
    double expected = Arrays.stream(reference.values("log_probability")).sum();
    float[] found = density(logits).logProb(x).toFloatArray();
    assertThat(found).hasSize(1);
    assertThat((double) found[0]).isCloseTo(expected, offset(-1e-5 * expected));
  }

  @Test
  void samplesAreZeroOrOneWithTheRightFrequency() {
    Engine.getInstance().setRandomSeed(7);
    int draws = 100_000;
    float[] logits = {-1e4f, -2, 0, 1.5f, 1e4f};
    NDArray sample = density(manager.create(logits)).sample(new Shape(draws));
    assertThat(sample.getShape()).isEqualTo(new Shape(draws, 5));
    assertThat(sample.eq(0).logicalOr(sample.eq(1)).all().getBoolean()).isTrue();
    float[] frequencies = sample.mean(new int[] {0}).toFloatArray();
    for (int i = 0; i < logits.length; i++) {
      double p = 1 / (1 + Math.exp(-logits[i]));
      double standardError = Math.sqrt(p * (1 - p) / draws);
      assertThat((double) frequencies[i]).isCloseTo(p, offset(5 * standardError + 1e-7));
    }
  }

  private Density density(NDArray logits) {
    return new Bernoulli(Decoded.data(Decoded.dimensions(logits), ValueKinds.BINARY))
        .of(Decoded.output(logits), pass);
  }
}
