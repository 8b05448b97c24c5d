package org.largevae.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Noise;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.model.Bound;
import org.largevae.api.network.Decoder;
import org.largevae.api.prior.Prior;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.engine.GradientScope;
import org.largevae.core.testing.TinyData;
import org.largevae.core.testing.TinyModels;
import org.largevae.priors.StandardPrior;
import org.largevae.priors.VampPrior;

/** Two levels where parts are switched off, so that what remains is known. */
class HierarchicalVaeLimitsTest {
  private static final TinyData DATA = TinyData.GREY_LEVEL;
  private static final int EXAMPLES = 5;
  private static final int TOP = TinyModels.top(DATA).latentSize();
  private static final int LOWEST = TinyModels.LATENT_SIZE;

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  private ParameterizedModel twoLevels(Function<TinyData, Prior> prior) {
    return TinyModels.started(
        TinyModels.hierarchy(DATA, prior.apply(DATA), DATA.likelihood()), training(), 3);
  }

  private ResidentExamples training() {
    return ResidentExamples.of(manager, DATA.examples(20, 99), false);
  }

  private static Prior standard(TinyData data) {
    return new StandardPrior(TinyModels.top(data));
  }

  private Batch batch(int count) {
    return Batch.of(
        manager.create(DATA.examples(count, 5).values(), new Shape(count, TinyData.DIMENSIONS)));
  }

  private static Noise seeded(int count, long first) {
    return Noise.ofExamples(LongStream.range(first, first + count).toArray());
  }

  /**
   * Random numbers for the top level apart, so that those of the lowest are a one-level model's.
   */
  private record NoiseOfLevels(Noise top, Noise lowest) implements Noise {
    private Noise of(Shape shape) {
      return shape.get(shape.dimension() - 1) == TOP ? top : lowest;
    }

    @Override
    public NDArray normal(NDManager owner, Shape shape, DataType type) {
      return of(shape).normal(owner, shape, type);
    }

    @Override
    public NDArray uniform(NDManager owner, Shape shape, DataType type) {
      return of(shape).uniform(owner, shape, type);
    }

    @Override
    public NDArray each(NDManager owner, Shape shape, Each draw) {
      return of(shape).each(owner, shape, draw);
    }
  }

  private record LowestOnly(Decoder decoder) implements Decoder {
    @Override
    public Likelihood likelihood() {
      return decoder.likelihood();
    }

    @Override
    public Density decode(Latents latents, Pass pass) {
      return decoder.decode(Latents.of(latents.lowest()), pass);
    }
  }

  private static DiagonalGaussian standard(NDArray like, int size) {
    Shape leading = like.getShape().slice(0, like.getShape().dimension() - 1);
    NDArray zeros = like.getManager().zeros(leading.add(size));
    return new DiagonalGaussian(zeros, zeros);
  }

  @Test
  void aTopLevelThatNothingReadsLeavesTheTermsOfOneLevelBitByBit() {
    OneLevelVae one = TinyModels.vae(DATA, new StandardPrior(TinyModels.shape(DATA)));
    int samples = 7;
    try (ParameterizedModel model = TinyModels.started(one, training(), 3);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      HierarchicalVae two =
          new HierarchicalVae(
              one.data(),
              List.of(TOP, LOWEST),
              List.of(
                  (batch, above, pass) -> standard(batch.x(), TOP),
                  (batch, above, pass) -> {
                    Shape draws = above.lowest().getShape().slice(0, 2).add(LOWEST);
                    DiagonalGaussian alone =
                        (DiagonalGaussian) one.encoder().encode(batch, Latents.none(), pass);
                    return alone.map(parameter -> parameter.broadcast(draws));
                  }),
              standard(DATA),
              List.of((above, pass) -> standard(above.lowest(), LOWEST)),
              new LowestOnly(one.decoder()));
      Pass pass = Pass.inference(model.manager());
      Batch batch = batch(EXAMPLES);
      Bound expected = model.begin().draw(batch, samples, seeded(EXAMPLES, 40)).bound();
      Bound found =
          two.begin(pass, Optional.empty())
              .draw(batch, samples, new NoiseOfLevels(seeded(EXAMPLES, 9), seeded(EXAMPLES, 40)))
              .bound();

      assertThat(found.reconstruction()).isEqualTo(expected.reconstruction());
      assertThat(found.levels().get(1).draw().value())
          .isEqualTo(expected.levels().get(0).draw().value());
      assertThat(found.levels().get(1).draw().logProb())
          .isEqualTo(expected.levels().get(0).draw().logProb());
      assertThat(found.levels().get(1).logPrior()).isEqualTo(expected.levels().get(0).logPrior());
      assertThat(Tensors.toDoubles(found.levels().get(0).kl())).containsOnly(0);
      assertThat(found.logWeight()).isEqualTo(expected.logWeight());
    }
  }

  @Test
  void anExampleThatIsTheOnlyPseudoInputHasNoDivergenceAtTheTop() {
    try (ParameterizedModel model = twoLevels(data -> new VampPrior(TinyModels.top(data), 1));
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Batch one = batch(1);
      one.x().copyTo(model.parameters().get("prior.pseudo_inputs").getArray());
      Bound bound = model.begin().draw(one, 500, seeded(1, 3)).bound();
      // the mixture's density is taken in float64, the posterior's in float32
      for (double kl : Tensors.toDoubles(bound.levels().get(0).kl())) {
        assertThat(kl).isCloseTo(0, within(5e-6));
      }
      Bound other = model.begin().draw(batch(2), 500, seeded(2, 3)).bound();
      double[] divergences = Tensors.toDoubles(other.levels().get(0).kl());
      assertThat(Arrays.stream(divergences).average().orElseThrow()).isGreaterThan(1e-3);
    }
  }

  @Test
  void analyticAndSampledDivergenceOfTheLowerLevelAgree() {
    int samples = 1000;
    int count = 100;
    try (ParameterizedModel model = twoLevels(HierarchicalVaeLimitsTest::standard);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Bound bound = model.begin().draw(batch(count), samples, seeded(count, 1)).bound();
      Bound.Level lower = bound.levels().get(1);
      double[] sampled = Tensors.toDoubles(lower.kl());
      double[] analytic =
          Tensors.toDoubles(lower.posterior().divergence(lower.prior()).orElseThrow());
      assertThat(analytic).hasSize(samples * count);
      double[] differences = new double[analytic.length];
      Arrays.setAll(differences, i -> sampled[i] - analytic[i]);
      double mean = Arrays.stream(differences).average().orElseThrow();
      double squares = Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
      double error = Math.sqrt(squares) / differences.length;
      assertThat(Arrays.stream(analytic).average().orElseThrow()).isGreaterThan(20 * error);
      assertThat(mean).isCloseTo(0, within(4 * error));
    }
  }

  /** Which parts of the lower level read the latents above with their gradient. */
  private record Reading(boolean encoder, boolean conditionalPrior, boolean decoder) {
    private static Latents as(boolean open, Latents latents) {
      return open ? latents : latents.detached();
    }

    HierarchicalVae of(HierarchicalVae vae) {
      return new HierarchicalVae(
          vae.data(),
          vae.latentSizes(),
          List.of(
              vae.encoders().get(0),
              (batch, above, pass) ->
                  vae.encoders().get(1).encode(batch, as(encoder, above), pass)),
          vae.prior(),
          List.of(
              (above, pass) ->
                  vae.conditionalPriors().get(0).given(as(conditionalPrior, above), pass)),
          new Decoder() {
            @Override
            public Likelihood likelihood() {
              return vae.decoder().likelihood();
            }

            @Override
            public Density decode(Latents latents, Pass pass) {
              NDArray top = latents.levels().get(0);
              Latents read = as(decoder, Latents.of(top)).with(latents.lowest());
              return vae.decoder().decode(read, pass);
            }
          });
    }
  }

  @Test
  void gradientsReachTheTopThroughEachPartBelow() {
    try (ParameterizedModel model = twoLevels(HierarchicalVaeLimitsTest::standard)) {
      assertThat(steepest(model, new Reading(false, false, false))).isZero();
      assertThat(steepest(model, new Reading(true, false, false))).isPositive();
      assertThat(steepest(model, new Reading(false, true, false))).isPositive();
      assertThat(steepest(model, new Reading(false, false, true))).isPositive();
    }
  }

  /** The greatest gradient of the lower level's terms by what the top encoder gives z2 from. */
  private double steepest(ParameterizedModel model, Reading reading) {
    HierarchicalVae vae = reading.of((HierarchicalVae) model.model());
    NDArray bias = model.parameters().get("encoder-2.heads_bias").getArray();
    try (GradientScope scope = new GradientScope()) {
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        Bound bound =
            vae.begin(Pass.training(model.manager()), Optional.empty())
                .draw(batch(EXAMPLES), 3, seeded(EXAMPLES, 7))
                .bound();
        NDArray nothing = Tensors.multiply(bias.sum(), 0);
        collector.backward(
            bound.reconstruction().sub(bound.levels().get(1).kl()).sum().add(nothing));
      }
      NDArray gradient = bias.getGradient();
      double steepest =
          Arrays.stream(Tensors.toDoubles(gradient)).map(Math::abs).max().orElseThrow();
      gradient.subi(gradient.duplicate());
      return steepest;
    }
  }
}
