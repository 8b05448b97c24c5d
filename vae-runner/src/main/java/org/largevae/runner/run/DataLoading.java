package org.largevae.runner.run;

import org.largevae.api.data.DataFiles;
import org.largevae.api.data.Dataset;
import org.largevae.core.preparation.Preparation;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.runner.experiment.Experiment;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;

/** Loads and prepares the data that an experiment names. */
record DataLoading(Registry registry, DataFiles files) {

  PreparedDataset load(Experiment experiment) {
    Dataset raw =
        registry
            .find(ComponentKind.DATASET, experiment.dataset().text("name"))
            .load(experiment.dataset(), files);
    return new Preparation(experiment.dataset()).prepare(raw);
  }
}
