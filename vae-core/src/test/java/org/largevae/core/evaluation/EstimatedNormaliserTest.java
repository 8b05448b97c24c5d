package org.largevae.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Normaliser;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.OneLevelVae;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.results.NormaliserResult;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.testing.LinearGaussian;

/** What an evaluation says of a prior whose normaliser is an estimate. */
class EstimatedNormaliserTest {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final ResidentExamples data =
      ResidentExamples.of(manager, LinearGaussian.examples(20, 4), false);

  @AfterEach
  void close() {
    manager.close();
  }

  /** N(0, I) that says of itself to be an estimate. */
  private record Estimate(Density exact, Optional<Normaliser> normaliser) implements Density {
    @Override
    public NDArray logProb(NDArray value) {
      return exact.logProb(value);
    }

    @Override
    public NDArray sample(Shape leading, Noise noise) {
      return exact.sample(leading, noise);
    }

    @Override
    public Shape batch() {
      return exact.batch();
    }

    @Override
    public Shape event() {
      return exact.event();
    }

    @Override
    public NDArray mean() {
      return exact.mean();
    }

    @Override
    public Kind kind() {
      return Kind.ESTIMATE;
    }

    @Override
    public Density map(UnaryOperator<NDArray> change) {
      return new Estimate(exact.map(change), normaliser);
    }
  }

  @Test
  void theResultHasThePessimisticEnd() {
    double exact = evaluate(model(Optional.empty())).nll();
    PartitionResult result = evaluate(model(Optional.of(new Normaliser(-1.5, 0.02, -1.45))));

    assertThat(result.priorDensity()).isEqualTo("estimate");
    assertThat(result.nll()).isEqualTo(exact);
    NormaliserResult normaliser = result.normaliser();
    assertThat(normaliser.log()).isEqualTo(-1.5);
    assertThat(normaliser.standardError()).isEqualTo(0.02);
    assertThat(normaliser.pessimisticNll()).isEqualTo(exact + 0.05, within(1e-12));
    assertThat(result.beside(null).normaliser()).isEqualTo(normaliser);
  }

  @Test
  void anEstimateWhoseErrorIsNotKnownHasNone() {
    PartitionResult result = evaluate(model(Optional.empty()));

    assertThat(result.priorDensity()).isEqualTo("estimate");
    assertThat(result.normaliser()).isNull();
  }

  @Test
  void whatMayBeOffByTooMuchIsRefused() {
    ParameterizedModel model = model(Optional.of(new Normaliser(-1.5, 0.3, -0.9)));

    assertThatThrownBy(() -> evaluate(model))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "model.prior: log p(x) cannot be given: the estimate of the prior's normaliser may be"
                + " off by 0.600 nats, more than 0.1; take a larger"
                + " model.prior.normaliser-samples");
    try (NDScope scope = new NDScope()) {
      assertThatThrownBy(() -> Evaluator.scores(model, model.begin(), data, 5, 100, 1))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("cannot be given");
      assertThatThrownBy(() -> Evaluator.requireReportable(model.begin()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("cannot be given");
      // its training goes on
      assertThat(Evaluator.elbo(model, data, 1).loss(1)).isFinite();
    }
  }

  private PartitionResult evaluate(ParameterizedModel model) {
    return Evaluator.evaluate(model, data, 5, 100, 1, done -> {}).result();
  }

  private static ParameterizedModel model(Optional<Normaliser> normaliser) {
    OneLevelVae right = LinearGaussian.vae(0);
    OneLevelVae vae =
        new OneLevelVae(
            right.shape(),
            right.encoder(),
            context ->
                new Estimate(DiagonalGaussian.standard(context.pass().manager(), 1), normaliser),
            right.decoder());
    return ModelFactory.forLoading(vae, ModelFactory.classNames(vae), Device.cpu());
  }
}
