package org.largevae.core;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.Locale;
import org.largevae.api.config.Settings;
import org.largevae.api.config.SettingsSchema;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.engine.PyTorch;
import org.largevae.core.folder.JsonConfig;
import org.largevae.core.folder.ModelDescription;
import org.largevae.core.folder.RunFolder;
import org.largevae.core.folder.TrainingSession;
import org.largevae.core.model.ModelAssembly;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.objective.ElboObjective;
import org.largevae.core.registry.Registry;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.core.testing.TinyData;
import org.largevae.core.training.TrainingListener;
import org.largevae.core.training.TrainingSettings;

/** Folders of tiny models that a configuration describes, as an experiment leaves them. */
final class TinyRuns {
  private static final String CONFIGURATION =
      """
      dataset.name = of-a-plugin
      model {
        type = vae
        latent-size = 2
        encoder { type = gated-mlp, hidden = [8] }
        posterior { type = gaussian }
        decoder { type = gated-mlp, hidden = [8] }
        prior { type = vampprior, pseudo-inputs = 4 }
        likelihood { type = %s }
      }
      training { epochs = 3, batch-size = 10, optimizer { learning-rate = 0.01 } }
      """;

  private TinyRuns() {}

  static TrainedVae train(Path folder, TinyData data) {
    return train(folder, data, "");
  }

  /** With other settings in part. */
  static TrainedVae train(Path folder, TinyData data, String changes) {
    PyTorch.start();
    Config config =
        ConfigFactory.parseString(changes)
            .withFallback(ConfigFactory.parseString(configuration(data)));
    if (config.hasPath("model.latent-sizes")) {
      config = config.withoutPath("model.latent-size");
    }
    Registry registry = new ServiceRegistry(TinyRuns.class.getClassLoader());
    Settings section = new Settings(config, "").section("model");
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        RunFolder run = RunFolder.open(folder)) {
      TrainingSession session =
          new TrainingSession(
              training(config),
              new ElboObjective(),
              3,
              ResidentExamples.of(manager, data.examples(48, 1), false),
              ResidentExamples.of(manager, data.examples(6, 2), false),
              new TrainingListener() {},
              () -> false);
      ParameterizedModel model =
          ModelFactory.initialize(
              ModelAssembly.assemble(registry, section, data.description()),
              ModelAssembly.types(section),
              Device.cpu(),
              3,
              session.training());
      run.begin(ModelDescription.ofExperiment(model, JsonConfig.of(config)));
      session.inFolder(model, run);
      return new TrainedVae(model);
    }
  }

  private static String configuration(TinyData data) {
    String likelihood =
        switch (data) {
          case BINARY -> "bernoulli";
          case GREY_LEVEL -> "discretized-logistic";
          case REAL -> "gaussian";
        };
    return String.format(Locale.ROOT, CONFIGURATION, likelihood);
  }

  private static TrainingSettings training(Config config) {
    SettingsSchema<TrainingSettings> schema = SettingsSchema.of(TrainingSettings.class);
    Config section = config.getConfig("training").withFallback(schema.defaults("the defaults"));
    return schema.read(new Settings(section, "training"));
  }
}
