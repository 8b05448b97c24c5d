package org.largevae.runner.run;

import java.util.Optional;
import java.util.Set;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKinds;
import org.largevae.core.evaluation.Baseline;
import org.largevae.core.preparation.Examples;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.core.results.BaselineResult;
import org.largevae.runner.configuration.Experiment;

/**
 * The baseline that an experiment's results stand beside, in the same units as they.
 *
 * @param baseline empty if the data have none
 */
record ExperimentBaseline(Optional<Baseline> baseline) {
  /** The likelihoods that give pixels a density and not probabilities of their grey levels. */
  private static final Set<String> DENSITIES = Set.of("gaussian", "continuous-bernoulli");

  static ExperimentBaseline of(Experiment experiment, PreparedDataset dataset) {
    boolean pixels = dataset.data().singleKind().equals(Optional.of(ValueKinds.GREY_LEVEL));
    DataDescription data =
        pixels && DENSITIES.contains(experiment.likelihood())
            ? DataDescription.of(dataset.data().shape(), ValueKinds.REAL)
            : dataset.data();
    return new ExperimentBaseline(Baseline.fit(data, dataset.training()));
  }

  /** Its figures on examples; null if there is none. */
  BaselineResult on(Examples examples) {
    return baseline.map(fitted -> fitted.on(examples)).orElse(null);
  }
}
