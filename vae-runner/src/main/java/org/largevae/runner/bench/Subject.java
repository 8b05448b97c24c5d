package org.largevae.runner.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.typesafe.config.ConfigFactory;
import java.util.Locale;
import java.util.Random;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.model.ModelAssembly;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.preparation.Examples;
import org.largevae.core.registry.Registry;

/**
 * A model of a workload and random examples of the right shape, the same at every call.
 *
 * @param model the model
 * @param examples {@link #EXAMPLES} examples
 * @param few the first 500 of them
 */
record Subject(ParameterizedModel model, ResidentExamples examples, ResidentExamples few)
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
    DataDescription description = DataDescription.of(data.shape(), data.kind());
    String prior =
        workload.pseudoInputs() == 0
            ? "type = standard"
            : "type = vampprior, pseudo-inputs = " + workload.pseudoInputs();
    String model =
        String.format(
            Locale.ROOT,
            "%s, prior { %s }, likelihood { %s }",
            workload.architecture().model(settings, data),
            prior,
            data.likelihood());
    Settings section = new Settings(ConfigFactory.parseString(model), "model");
    Device device = Device.cpu();
    try (NDManager manager = NDManager.newBaseManager(device, "PyTorch")) {
      // a start asks for none of these examples, but a model is made with some
      ResidentExamples few = examples(manager, data, Benchmark.ROWS);
      ParameterizedModel vae =
          ModelFactory.initialize(
              ModelAssembly.assemble(registry, section, description),
              ModelAssembly.types(section),
              device,
              SEED,
              few);
      return of(vae, data);
    }
  }

  private static Subject of(ParameterizedModel vae, Workload.Data data) {
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
          data.kind().equals(ValueKinds.BINARY)
              ? random.nextInt(2)
              : (random.nextInt(256) + 0.5f) / 256;
    }
    return ResidentExamples.of(manager, new Examples(count, dimensions, values), false);
  }

  @Override
  public void close() {
    model.close();
  }
}
