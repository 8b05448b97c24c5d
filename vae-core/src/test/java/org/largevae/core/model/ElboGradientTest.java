package org.largevae.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ModelShape;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.model.Model;
import org.largevae.api.prior.Prior;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.engine.GradientScope;
import org.largevae.core.engine.NoGradient;
import org.largevae.core.objective.ElboObjective;
import org.largevae.core.testing.GarbageCollection;
import org.largevae.core.testing.TinyData;
import org.largevae.core.testing.TinyModels;
import org.largevae.likelihoods.DiscretizedLogistic;
import org.largevae.likelihoods.DiscretizedLogisticSettings;
import org.largevae.likelihoods.Tails;
import org.largevae.networks.ladder.LadderVaeSettings;
import org.largevae.networks.ladder.LadderVaeSettings.PriorLevels;
import org.largevae.networks.ladder.Merge;
import org.largevae.priors.StandardPrior;
import org.largevae.priors.VampPrior;
import org.largevae.priors.VampPriorSettings;
import org.largevae.priors.VampPriorSettings.Init;

/**
 * The gradient of the whole ELBO with respect to every parameter, in float64, against central
 * finite differences: their error is of the order of the step squared, 1e-8 for a step of 1e-4.
 */
class ElboGradientTest {
  private static final int EXAMPLES = 5;
  private static final int DRAWS = 2;
  private static final double BETA = 0.7;
  private static final double STEP = 1e-4;
  private static final String TWO_LEVELS = "two levels, start from data";

  static Stream<Arguments> models() {
    Stream.Builder<Arguments> models = Stream.builder();
    for (String prior : new String[] {"standard", "normal start", "start from data"}) {
      models.add(Arguments.of(prior, TinyData.BINARY.likelihood(), TinyData.BINARY));
      for (Tails tails : Tails.values()) {
        models.add(
            Arguments.of(
                prior,
                new DiscretizedLogistic(
                    new DiscretizedLogisticSettings(tails, -4.5, 0),
                    TinyData.GREY_LEVEL.description()),
                TinyData.GREY_LEVEL));
      }
      models.add(Arguments.of(prior, TinyData.REAL.likelihood(), TinyData.REAL));
    }
    models.add(Arguments.of(TWO_LEVELS, TinyData.BINARY.likelihood(), TinyData.BINARY));
    models.add(Arguments.of(TWO_LEVELS, TinyData.GREY_LEVEL.likelihood(), TinyData.GREY_LEVEL));
    for (String ladder : new String[] {"ladder, top", "ladder, all"}) {
      models.add(Arguments.of(ladder, TinyData.BINARY.likelihood(), TinyData.BINARY));
    }
    return models.build();
  }

  private static Model model(String name, Likelihood likelihood, TinyData data) {
    if (name.equals(TWO_LEVELS)) {
      return TinyModels.hierarchy(data, prior(name, TinyModels.top(data)), likelihood);
    }
    if (!name.startsWith("ladder")) {
      return TinyModels.vae(data, prior(name, TinyModels.shape(data)), likelihood);
    }
    LadderVaeSettings settings =
        LadderTestBed.settings(
            List.of(1, 2, 2),
            List.of(2, 3, 3),
            Merge.PRECISION_WEIGHTED,
            name.endsWith("all") ? PriorLevels.ALL : PriorLevels.TOP);
    return LadderTestBed.ladder(settings, prior("normal start", LadderTestBed.top(settings)));
  }

  private static Prior prior(String name, ModelShape shape) {
    return switch (name) {
      case "standard" -> new StandardPrior(shape);
      case "normal start" ->
          new VampPrior(
              new VampPriorSettings(3, Init.NORMAL, 0.5, 0.1, 0.01, GradientRule.OPTIMIZER), shape);
      default ->
          new VampPrior(
              new VampPriorSettings(3, Init.TRAINING_DATA, 0.05, 0.01, 0.2, GradientRule.OPTIMIZER),
              shape);
    };
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientEqualsFiniteDifferences(String prior, Likelihood likelihood, TinyData data) {
    try (ParameterizedModel model = float64Model(prior, likelihood, data)) {
      Map<String, double[]> gradients = gradients(model, data, () -> {});
      for (Map.Entry<String, Parameter> entry : model.parameters().entrySet()) {
        double[] exact = gradients.get(entry.getKey());
        double[] numeric = finiteDifferences(model, data, entry.getValue().getArray());
        double scale = 1 + Arrays.stream(numeric).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < exact.length; i++) {
          assertThat(exact[i])
              .as("%s[%d]", entry.getKey(), i)
              .isCloseTo(numeric[i], within(2e-6 * scale));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientSurvivesGarbageCollection(String prior, Likelihood likelihood, TinyData data) {
    try (ParameterizedModel model = float64Model(prior, likelihood, data)) {
      Map<String, double[]> quiet = gradients(model, data, () -> {});
      Map<String, double[]> collected = gradients(model, data, GarbageCollection::force);
      quiet.forEach((name, gradient) -> assertThat(collected.get(name)).isEqualTo(gradient));
      assertThat(quiet.values().stream().flatMapToDouble(Arrays::stream).filter(g -> g != 0))
          .isNotEmpty();
    }
  }

  private static ParameterizedModel float64Model(
      String prior, Likelihood likelihood, TinyData data) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      ResidentExamples training = ResidentExamples.of(manager, data.examples(EXAMPLES, 99), false);
      ParameterizedModel model = TinyModels.started(model(prior, likelihood, data), training, 3);
      TinyModels.toFloat64(model);
      return model;
    }
  }

  private static Map<String, double[]> gradients(
      ParameterizedModel model, TinyData data, Runnable beforeBackward) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    try (GradientScope scope = new GradientScope()) {
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray loss = loss(model, data, Pass.training(model.manager()));
        beforeBackward.run();
        collector.backward(loss);
      }
      model
          .parameters()
          .forEach(
              (name, parameter) -> {
                NDArray gradient = parameter.getArray().getGradient();
                gradients.put(name, gradient.toDoubleArray());
                gradient.subi(gradient.duplicate());
              });
    }
    return gradients;
  }

  private static double[] finiteDifferences(
      ParameterizedModel model, TinyData data, NDArray parameter) {
    double[] start = parameter.toDoubleArray();
    double[] differences = new double[start.length];
    for (int i = 0; i < start.length; i++) {
      double above = lossAt(model, data, parameter, start, i, STEP);
      double below = lossAt(model, data, parameter, start, i, -STEP);
      differences[i] = (above - below) / (2 * STEP);
    }
    lossAt(model, data, parameter, start, 0, 0);
    return differences;
  }

  private static double lossAt(
      ParameterizedModel model,
      TinyData data,
      NDArray parameter,
      double[] start,
      int index,
      double change) {
    double[] moved = start.clone();
    moved[index] += change;
    try (NoGradient none = new NoGradient();
        GradientScope scope = new GradientScope()) {
      model.manager().create(moved).reshape(parameter.getShape()).copyTo(parameter);
      return loss(model, data, Pass.inference(model.manager())).getDouble();
    }
  }

  private static NDArray loss(ParameterizedModel model, TinyData data, Pass pass) {
    Engine.getEngine("PyTorch").setRandomSeed(11);
    NDArray x =
        model
            .manager()
            .create(data.examples(EXAMPLES, 5).values(), new Shape(EXAMPLES, TinyData.DIMENSIONS))
            .toType(DataType.FLOAT64, false);
    return new ElboObjective().loss(model.begin(pass).draw(Batch.of(x), DRAWS), BETA).value();
  }
}
