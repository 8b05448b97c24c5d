package org.largevae.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Support;
import org.largevae.core.engine.GradientScope;
import org.largevae.core.engine.NoGradient;
import org.largevae.core.testing.GarbageCollection;
import org.largevae.core.testing.TinyModels;

/**
 * The gradient of the whole ELBO with respect to every parameter, in float64, against central
 * finite differences: their error is of the order of the step squared, 1e-8 for a step of 1e-4.
 */
class ElboGradientTest {
  private static final int EXAMPLES = 5;
  private static final int DRAWS = 2;
  private static final double BETA = 0.7;
  private static final double STEP = 1e-4;

  static Stream<Arguments> models() {
    Stream.Builder<Arguments> models = Stream.builder();
    for (String prior :
        new String[] {
          "type = standard",
          "type = vampprior, pseudo-inputs = 3, init-mean = 0.5, init-standard-deviation = 0.1",
          "type = vampprior, pseudo-inputs = 3, init = training-data, init-noise = 0.2"
        }) {
      models.add(Arguments.of(prior, "type = bernoulli", Support.BINARY));
      models.add(
          Arguments.of(prior, "type = discretized-logistic, tails = folded", Support.PIXEL_256));
      models.add(
          Arguments.of(prior, "type = discretized-logistic, tails = paper", Support.PIXEL_256));
      models.add(Arguments.of(prior, "type = gaussian", Support.REAL));
    }
    return models.build();
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientEqualsFiniteDifferences(String prior, String likelihood, Support support) {
    try (VariationalAutoencoder model = float64Model(prior, likelihood, support)) {
      Map<String, double[]> gradients = gradients(model, support, () -> {});
      for (Map.Entry<String, Parameter> entry : model.parameters().entrySet()) {
        double[] exact = gradients.get(entry.getKey());
        double[] numeric = finiteDifferences(model, support, entry.getValue().getArray());
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
  void gradientSurvivesGarbageCollection(String prior, String likelihood, Support support) {
    try (VariationalAutoencoder model = float64Model(prior, likelihood, support)) {
      Map<String, double[]> quiet = gradients(model, support, () -> {});
      Map<String, double[]> collected = gradients(model, support, GarbageCollection::force);
      quiet.forEach((name, gradient) -> assertThat(collected.get(name)).isEqualTo(gradient));
      assertThat(quiet.values().stream().flatMapToDouble(Arrays::stream).filter(g -> g != 0))
          .isNotEmpty();
    }
  }

  private static VariationalAutoencoder float64Model(
      String prior, String likelihood, Support support) {
    Components components = TinyModels.components(prior, likelihood, support);
    VariationalAutoencoder model = TinyModels.model(components, support, 3);
    TinyModels.toFloat64(model);
    return model;
  }

  private static Map<String, double[]> gradients(
      VariationalAutoencoder model, Support support, Runnable beforeBackward) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    try (GradientScope scope = new GradientScope()) {
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray loss = loss(model, support, Pass.training(model.manager()));
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
      VariationalAutoencoder model, Support support, NDArray parameter) {
    double[] start = parameter.toDoubleArray();
    double[] differences = new double[start.length];
    for (int i = 0; i < start.length; i++) {
      double above = lossAt(model, support, parameter, start, i, STEP);
      double below = lossAt(model, support, parameter, start, i, -STEP);
      differences[i] = (above - below) / (2 * STEP);
    }
    lossAt(model, support, parameter, start, 0, 0);
    return differences;
  }

  private static double lossAt(
      VariationalAutoencoder model,
      Support support,
      NDArray parameter,
      double[] start,
      int index,
      double change) {
    double[] moved = start.clone();
    moved[index] += change;
    try (NoGradient none = new NoGradient();
        GradientScope scope = new GradientScope()) {
      model.manager().create(moved).reshape(parameter.getShape()).copyTo(parameter);
      return loss(model, support, Pass.inference(model.manager())).getDouble();
    }
  }

  private static NDArray loss(VariationalAutoencoder model, Support support, Pass pass) {
    Engine.getEngine("PyTorch").setRandomSeed(11);
    NDArray x =
        model
            .manager()
            .create(
                TinyModels.examples(support, EXAMPLES, 5),
                new Shape(EXAMPLES, TinyModels.DATA.dimensions()))
            .toType(DataType.FLOAT64, false);
    ElboTerms terms = model.begin(pass).elboTerms(x, DRAWS);
    NDArray beta = model.manager().full(new Shape(), (float) BETA, DataType.FLOAT64);
    return terms.kl().mean().mul(beta).sub(terms.reconstruction().mean());
  }
}
