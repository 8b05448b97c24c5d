package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Noise;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.model.ModelPass;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.engine.StepParameters;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.OneLevelVae;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.objective.ElboObjective;
import org.largevae.core.preparation.Examples;
import org.largevae.likelihoods.Gaussian;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.StandardPrior;
import org.largevae.priors.VampPrior;

/** NaN in the examples: what is not there counts for nothing, and is told to the encoder. */
class MissingValuesTest {
  private static final float NAN = Float.NaN;
  private static final DataDescription DATA =
      DataDescription.of(new DataShape(1, 1, 3), ValueKinds.REAL, true);
  private static final ModelShape SHAPE = ModelShape.of(DATA, 2);
  private static final float[][] ROWS = {
    {0.5f, NAN, -1}, {NAN, NAN, NAN}, {0.1f, 0.2f, 0.3f}, {NAN, 2, NAN}
  };
  private static final int SAMPLES = 3;

  @TempDir private Path temporary;

  private static OneLevelVae model() {
    return new OneLevelVae(
        SHAPE,
        new GatedMlpEncoder(SHAPE, 5),
        new VampPrior(SHAPE, 3),
        new GatedMlpDecoder(SHAPE, new Gaussian(DATA), 5));
  }

  private static float[] flat(float[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i / rows[0].length][i % rows[0].length];
    }
    return values;
  }

  private static double logNormal(double x, double mean, double logVariance) {
    double squared = (x - mean) * (x - mean) / Math.exp(logVariance);
    return -0.5 * (Math.log(2 * Math.PI) + logVariance + squared);
  }

  @Test
  void boundCountsWhatIsObservedAlone() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Examples examples = Examples.withMissing(ROWS.length, flat(ROWS), DATA);
      ResidentExamples resident = ResidentExamples.of(manager, examples, false);
      OneLevelVae vae = model();
      try (ParameterizedModel model =
          ModelFactory.initialize(vae, ModelFactory.classNames(vae), Device.cpu(), 3, resident)) {
        ModelPass pass = model.begin();
        Draws draws = pass.draw(resident.all(), SAMPLES);
        Bound bound = draws.bound();
        float[] found = bound.reconstruction().toFloatArray();
        DiagonalGaussian decoded = (DiagonalGaussian) pass.decode(draws.latents());
        float[] means = decoded.mean().toFloatArray();
        float[] logVariances = decoded.logVariance().toFloatArray();
        for (int pair = 0; pair < SAMPLES * ROWS.length; pair++) {
          float[] row = ROWS[pair % ROWS.length];
          double sum = 0;
          for (int d = 0; d < row.length; d++) {
            int place = pair * row.length + d;
            sum += Float.isNaN(row[d]) ? 0 : logNormal(row[d], means[place], logVariances[place]);
          }
          assertThat((double) found[pair]).as("pair %d", pair).isCloseTo(sum, within(1e-4));
        }
        assertThat(found[1]).as("nothing is observed").isZero();
        assertThat(bound.kl().sum().toType(DataType.FLOAT64, false))
            .matches(kl -> Double.isFinite(kl.getDouble()), "KL is finite");
      }
    }
  }

  @Test
  void gradientsAreFinite() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Examples examples = Examples.withMissing(ROWS.length, flat(ROWS), DATA);
      ResidentExamples resident = ResidentExamples.of(manager, examples, false);
      OneLevelVae vae = model();
      try (ParameterizedModel model =
              ModelFactory.initialize(
                  vae, ModelFactory.classNames(vae), Device.cpu(), 3, resident);
          StepParameters step = new StepParameters(model.manager(), new IdentityHashMap<>());
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
          ModelPass pass = model.begin(Pass.training(model.manager(), step));
          Draws draws = pass.draw(resident.trainingBatch(new long[] {0, 1, 3}), SAMPLES);
          collector.backward(new ElboObjective().loss(draws, 1).value());
        }
        model
            .parameters()
            .forEach(
                (name, parameter) -> {
                  float[] gradient = step.gradient(parameter).toFloatArray();
                  float sum = 0;
                  for (float value : gradient) {
                    sum += Math.abs(value);
                  }
                  assertThat(sum).as(name).isFinite().isPositive();
                });
      }
    }
  }

  @Test
  void encoderTellsMissingValueFromItsFiller() {
    float filler = ValueKinds.REAL.filler();
    try (TrainedVae trained = trained()) {
      float[] missing = trained.encode(new float[] {0.5f, NAN, -1});
      float[] present = trained.encode(new float[] {0.5f, filler, -1});
      assertThat(missing).doesNotContain(NAN);
      assertThat(missing).isNotEqualTo(present);
    }
  }

  private static TrainedVae trained() {
    float[][] rows = new float[20][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = ROWS[i % ROWS.length];
    }
    return Vae.of(model()).trainer(rows).device("cpu").epochs(2).batchSize(6).train();
  }

  @Test
  void exampleIsScoredByWhatIsKnownOfIt() {
    try (TrainedVae trained = trained()) {
      assertThat(trained.elbo(ROWS, 4, 1)).hasSize(4).doesNotContain(Double.NaN);
      assertThat(trained.logLikelihood(ROWS, 4, 1)).hasSize(4).doesNotContain(Double.NaN);
      // one by one, complete ones too, it is the same as together
      assertThat(trained.encode(ROWS[2])).containsExactly(trained.encode(ROWS)[2], within(1e-6f));
    }
  }

  @Test
  void missingValueIsRefusedWithItsColumnWhereItMustBeThere() {
    DataDescription table =
        DataDescription.of(
            List.of(
                new Column("age", ValueKinds.REAL, true), new Column("income", ValueKinds.REAL)));
    ModelShape shape = ModelShape.of(table, 1);
    Vae vae =
        Vae.of(
            shape,
            new GatedMlpEncoder(shape, 3),
            new StandardPrior(shape),
            new GatedMlpDecoder(shape, new Gaussian(table), 3));
    float[][] good = {{1, 2}, {NAN, 1}, {0, 0}, {-1, 1}};
    String message =
        "value 1 (income) of example 1 is NaN, both counted from 0; values must be finite";
    float[][] bad = {{1, 2}, {1, NAN}, {0, 0}};
    Path folder = temporary.resolve("run");
    assertThatThrownBy(() -> vae.trainer(bad).device("cpu").folder(folder).train())
        .isInstanceOf(DataException.class)
        .hasMessage(message);
    assertThat(folder).doesNotExist();
    try (TrainedVae trained = vae.trainer(good).device("cpu").epochs(1).train()) {
      assertThat(trained.encode(new float[] {NAN, 1})).doesNotContain(NAN);
      assertThat(trained.elbo(new float[] {NAN, 1}, 2, 1)).isFinite();
      assertThatThrownBy(() -> trained.encode(bad))
          .isInstanceOf(DataException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> trained.elbo(bad, 2, 1))
          .isInstanceOf(DataException.class)
          .hasMessage(message);
    }
  }

  /** A density that only knows all values together. */
  private record Joint(DiagonalGaussian gaussian) implements Density {
    @Override
    public Shape batch() {
      return gaussian.batch();
    }

    @Override
    public Shape event() {
      return gaussian.event();
    }

    @Override
    public NDArray logProb(NDArray value) {
      return gaussian.logProb(value);
    }

    @Override
    public NDArray sample(Shape leading, Noise noise) {
      return gaussian.sample(leading, noise);
    }

    @Override
    public NDArray mean() {
      return gaussian.mean();
    }

    @Override
    public Joint map(UnaryOperator<NDArray> change) {
      return new Joint(gaussian.map(change));
    }
  }

  private record JointLikelihood(Gaussian gaussian) implements Likelihood {
    @Override
    public Shape parameters() {
      return gaussian.parameters();
    }

    @Override
    public boolean supports(ValueKind kind) {
      return gaussian.supports(kind);
    }

    @Override
    public Density of(NDArray parameters, Pass pass) {
      return new Joint((DiagonalGaussian) gaussian.of(parameters, pass));
    }

    @Override
    public Optional<Block> block() {
      return gaussian.block();
    }
  }

  /** Also where only examples held back for validation lack a value. */
  @Test
  void likelihoodOfAllValuesTogetherIsRefusedBeforeAnythingIsWritten() {
    float[][] rows = new float[20][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = ROWS[2].clone();
    }
    rows[(int) ResidentExamples.order(20, 1)[19]][1] = NAN;
    for (float[][] examples : new float[][][] {ROWS, rows}) {
      Vae vae =
          Vae.of(
              SHAPE,
              new GatedMlpEncoder(SHAPE, 5),
              new StandardPrior(SHAPE),
              new GatedMlpDecoder(SHAPE, new JointLikelihood(new Gaussian(DATA)), 5));
      Path folder = temporary.resolve("run");
      assertThatThrownBy(() -> vae.trainer(examples).seed(1).device("cpu").folder(folder).train())
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "values are missing in the data, but the likelihood Joint cannot leave single values"
                  + " out; choose a likelihood that treats values as independent");
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void batchWithoutMissingValuesHasNoMask() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Examples complete = Examples.withMissing(1, ROWS[2], DATA);
      Batch batch = ResidentExamples.of(manager, complete, false).all();
      assertThat(batch.observed()).isEmpty();
    }
  }
}
