package org.largevae.runner.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Random;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Provider;
import org.largevae.api.config.Settings;
import org.largevae.api.data.Support;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.ModelSettings;
import org.largevae.core.model.VariationalAutoencoder;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;

/**
 * A model of a workload's kind and random examples of the right shape, the same at every call.
 *
 * @param model the model
 * @param examples {@link #EXAMPLES} examples
 * @param few the first 500 of them
 */
record Subject(VariationalAutoencoder model, ResidentExamples examples, ResidentExamples few)
    implements AutoCloseable {
  static final int EXAMPLES = 10_000;
  static final long SEED = 1;

  /**
   * Makes the model and its data on the CPU.
   *
   * @param registry finds the components
   * @param workload says which
   * @param settings the sizes
   * @return to be closed
   */
  static Subject of(Registry registry, Workload workload, BenchmarkSettings settings) {
    Workload.Data data = workload.data();
    ModelShape shape = new ModelShape(data.shape(), data.support(), settings.latentSize());
    String network =
        "type = gated-mlp, hidden = [" + settings.hidden() + ", " + settings.hidden() + "]";
    String prior =
        workload.pseudoInputs() == 0
            ? "type = standard"
            : "type = vampprior, pseudo-inputs = " + workload.pseudoInputs();
    ModelSettings model =
        new ModelSettings(
            settings.latentSize(),
            section(registry, ComponentKind.ENCODER, network),
            section(registry, ComponentKind.DECODER, network),
            section(registry, ComponentKind.PRIOR, prior),
            section(registry, ComponentKind.LIKELIHOOD, data.likelihood()));
    VariationalAutoencoder vae =
        ModelFactory.initialize(
            ModelFactory.assemble(registry, model, shape),
            shape,
            Device.cpu(),
            SEED,
            (manager, count) -> {
              throw new IllegalStateException("the benchmark's priors do not start from data");
            });
    return new Subject(
        vae,
        examples(vae.manager(), data, EXAMPLES),
        examples(vae.manager(), data, Benchmark.ROWS));
  }

  /** Examples that belong to the model's manager and are closed with it. */
  static ResidentExamples examples(NDManager manager, Workload.Data data, int count) {
    int dimensions = data.shape().dimensions();
    float[] values = new float[count * dimensions];
    Random random = new Random(SEED);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          data.support() == Support.BINARY ? random.nextInt(2) : (random.nextInt(256) + 0.5f) / 256;
    }
    return ResidentExamples.of(manager, values, dimensions, false);
  }

  private static <P extends Provider> Settings section(
      Registry registry, ComponentKind<P> kind, String text) {
    Config given = ConfigFactory.parseString(text);
    Config defaults = registry.find(kind, given.getString("type")).defaults();
    return new Settings(given.withFallback(defaults), kind.section());
  }

  @Override
  public void close() {
    model.close();
  }
}
