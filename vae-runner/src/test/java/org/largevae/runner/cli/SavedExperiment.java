package org.largevae.runner.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.largevae.core.folder.JsonConfig;
import org.largevae.runner.configuration.Experiment;

/** A run's folder of which there is only the description, as that of a training at its start. */
final class SavedExperiment {

  private SavedExperiment() {}

  /** Writes the description into a folder, which is made if missing. */
  static void write(Experiment experiment, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("model.json"),
        String.format(
            Locale.ROOT,
            """
            {
              "format": 3,
              "data": {"channels": 1, "height": 28, "width": 28, "kind": {"kind": "binary"},
                "mayBeMissing": false},
              "latentSizes": [40],
              "components": {"prior": "vampprior"},
              "configuration": %s
            }
            """,
            JsonConfig.of(experiment.config())));
  }
}
