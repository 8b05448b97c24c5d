package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Draw;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Noise;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.Encoder;
import org.largevae.api.objective.Objective;
import org.largevae.api.prior.Prior;
import org.largevae.core.objective.DregObjective;
import org.largevae.core.objective.ElboObjective;
import org.largevae.core.objective.ElboSettings;
import org.largevae.core.objective.IwaeObjective;
import org.largevae.core.objective.StickingTheLandingObjective;
import org.largevae.likelihoods.Bernoulli;
import org.largevae.likelihoods.Gaussian;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.StandardPrior;
import org.largevae.priors.VampPrior;

/** Parts that do not fit together are one sentence, before anything is written. */
class RehearsalTest {
  private static final ModelShape SHAPE = SmallVae.SHAPE;
  private static final ModelShape MORE_LATENTS = ModelShape.of(SmallVae.DATA, 3);
  private static final ModelShape MORE_VALUES =
      ModelShape.of(DataDescription.of(new DataShape(1, 1, 5), ValueKinds.REAL), 2);

  @TempDir private Path temporary;

  private static Vae vae(ModelShape encoder, ModelShape prior, ModelShape decoder) {
    return Vae.of(
        SHAPE,
        new GatedMlpEncoder(encoder, 5),
        new StandardPrior(prior),
        new GatedMlpDecoder(decoder, new Gaussian(decoder.data()), 5));
  }

  private String refused(Vae vae, Objective objective) {
    Path folder = temporary.resolve("run");
    VaeTrainer trainer = SmallVae.trainer(vae).objective(objective).folder(folder);
    ConfigurationException refusal =
        catchThrowableOfType(ConfigurationException.class, trainer::train);
    assertThat(refusal).as("refusal").isNotNull();
    assertThat(folder).doesNotExist();
    assertThat(refusal.getMessage()).doesNotContain("\n");
    return refusal.getMessage();
  }

  private String refused(Vae vae) {
    return refused(vae, new ElboObjective());
  }

  @Test
  void encoderOfOtherData() {
    assertThat(refused(vae(MORE_VALUES, SHAPE, SHAPE)))
        .isEqualTo(
            "the parts of the model do not fit together: input of shape (2, 4) does not fit: the"
                + " network takes (B, 5)");
  }

  @Test
  void encoderOfOtherLatents() {
    assertThat(refused(vae(MORE_LATENTS, SHAPE, SHAPE)))
        .isEqualTo(
            "the parts of the model do not fit together: the encoder's latents are of shape (3),"
                + " but the model's are (2)");
  }

  /** They fit each other, but not what the model says of itself. */
  @Test
  void allPartsOfOtherLatents() {
    assertThat(refused(vae(MORE_LATENTS, MORE_LATENTS, MORE_LATENTS)))
        .contains("the encoder's latents are of shape (3), but the model's are (2)");
  }

  @Test
  void priorOfOtherLatents() {
    assertThat(refused(vae(SHAPE, MORE_LATENTS, SHAPE)))
        .contains("the prior's latents are of shape (3), but the model's are (2)");
  }

  /** A single latent would broadcast. */
  @Test
  void priorOfOneLatent() {
    assertThat(refused(vae(SHAPE, ModelShape.of(SmallVae.DATA, 1), SHAPE)))
        .contains("the prior's latents are of shape (1), but the model's are (2)");
  }

  @Test
  void decoderOfOtherLatents() {
    assertThat(refused(vae(SHAPE, SHAPE, MORE_LATENTS)))
        .contains("the parts of the model do not fit together: input of shape");
  }

  @Test
  void decoderOfOtherData() {
    assertThat(refused(vae(SHAPE, SHAPE, MORE_VALUES)))
        .contains("the decoder's values are of shape (5), but the model's are (4)");
  }

  /** A single value would broadcast. */
  @Test
  void decoderOfOneValue() {
    DataDescription one = DataDescription.of(new DataShape(1, 1, 1), ValueKinds.REAL);
    assertThat(refused(vae(SHAPE, SHAPE, ModelShape.of(one, 2))))
        .contains("the decoder's values are of shape (1), but the model's are (4)");
  }

  @Test
  void likelihoodOfOtherKind() {
    assertThatThrownBy(
            () ->
                Vae.of(
                    SHAPE,
                    new GatedMlpEncoder(SHAPE, 5),
                    new StandardPrior(SHAPE),
                    new GatedMlpDecoder(SHAPE, new Bernoulli(SmallVae.DATA), 5)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "Bernoulli is not a likelihood of real values; choose another, or describe the data"
                + " otherwise");
  }

  @Test
  void objectiveThatTheModelDoesNotHave() {
    Vae vae = SmallVae.create(new VampPrior(SHAPE, 3));
    assertThat(refused(vae, new ElboObjective(new ElboSettings(ElboSettings.Divergence.ANALYTIC))))
        .contains("training.objective.kl = analytic");
  }

  /** As of a flow: it knows the density of its own draws alone. */
  private record Flow(DiagonalGaussian base) implements Distribution {
    @Override
    public Shape batch() {
      return base.batch();
    }

    @Override
    public Shape event() {
      return base.event();
    }

    @Override
    public Draw draw(Shape leading, Noise noise) {
      return base.draw(leading, noise);
    }

    @Override
    public NDArray mean() {
      return base.mean();
    }

    @Override
    public Flow map(UnaryOperator<NDArray> change) {
      return new Flow(base.map(change));
    }
  }

  private static Vae withFlow(Prior prior) {
    GatedMlpEncoder network = new GatedMlpEncoder(SHAPE, 5);
    Encoder encoder =
        new Encoder() {
          @Override
          public Optional<Block> block() {
            return network.block();
          }

          @Override
          public Distribution encode(Batch batch, Latents above, Pass pass) {
            return new Flow((DiagonalGaussian) network.encode(batch, above, pass));
          }
        };
    Decoder decoder = new GatedMlpDecoder(SHAPE, new Gaussian(SmallVae.DATA), 5);
    return Vae.of(SHAPE, encoder, prior, decoder);
  }

  @Test
  void posteriorThatKnowsItsOwnDrawsAlone() {
    Prior standard = new StandardPrior(SHAPE);
    for (Objective bound : new Objective[] {new ElboObjective(), new IwaeObjective()}) {
      SmallVae.trainer(withFlow(standard)).objective(bound).train().close();
    }
    String end =
        "\": needs the posterior's density at given latents, which a Flow does not know; choose"
            + " another posterior or objective";
    assertThat(refused(withFlow(standard), new StickingTheLandingObjective()))
        .isEqualTo("training.objective.type = \"sticking-the-landing" + end);
    assertThat(refused(withFlow(standard), new DregObjective()))
        .isEqualTo("training.objective.type = \"dreg" + end);
    assertThat(refused(withFlow(new VampPrior(SHAPE, 3))))
        .startsWith(
            "the prior is made of posteriors q(z|u), but those of the encoder RehearsalTest$")
        .endsWith("do not know their density at every value; choose another posterior or prior");
  }

  /** What the engine itself refuses. */
  @Test
  void ownComponentsOfOtherSizes() {
    Encoder unchecked =
        (batch, above, pass) -> {
          NDArray mean = batch.x().matMul(pass.manager().ones(new Shape(7, 2)));
          return new DiagonalGaussian(mean, mean);
        };
    Decoder decoder = new GatedMlpDecoder(SHAPE, new Gaussian(SmallVae.DATA), 5);
    assertThat(refused(Vae.of(SHAPE, unchecked, new StandardPrior(SHAPE), decoder)))
        .isEqualTo(
            "the parts of the model do not fit together: mat1 and mat2 shapes cannot be multiplied"
                + " (2x4 and 7x2)");
  }

  @Test
  void whatWasRefusedCanBeTrainedOtherwise() {
    Vae vae = SmallVae.create(new VampPrior(SHAPE, 3));
    refused(vae, new ElboObjective(new ElboSettings(ElboSettings.Divergence.ANALYTIC)));
    try (TrainedVae trained = SmallVae.trainer(vae).folder(temporary.resolve("run")).train()) {
      assertThat(trained.latentSize()).isEqualTo(2);
    }
  }

  @Test
  void refusalWhileOpenLeavesTheOpenModelAlone() {
    Vae vae = SmallVae.create(context -> DiagonalGaussian.standard(context.pass().manager(), 2));
    try (TrainedVae trained = SmallVae.trainer(vae).train()) {
      float[] example = SmallVae.examples(1, 3)[0];
      float[] before = trained.encode(example);
      assertThatThrownBy(() -> SmallVae.trainer(vae).train())
          .isInstanceOf(IllegalStateException.class);
      assertThat(trained.encode(example)).containsExactly(before);
    }
  }
}
