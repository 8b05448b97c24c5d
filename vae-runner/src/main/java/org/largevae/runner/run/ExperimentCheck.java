package org.largevae.runner.run;

import com.typesafe.config.Config;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.largevae.api.component.ModelShape;
import org.largevae.api.data.DataFiles;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.runner.experiment.Experiment;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.registry.Registry;

/**
 * Checks experiments before they are run: that their data are there and can be prepared, and that
 * every component takes its settings. The shapes of data are remembered, the data are not.
 */
public final class ExperimentCheck {
  private final Registry registry;
  private final DataLoading data;
  private final Map<Config, Shape> shapes = new HashMap<>();

  private record Shape(DataShape data, Support support) {}

  /**
   * A check.
   *
   * @param registry finds components
   * @param files finds data
   */
  @Inject
  public ExperimentCheck(Registry registry, DataFiles files) {
    this.registry = registry;
    this.data = new DataLoading(registry, files);
  }

  /**
   * Checks an experiment.
   *
   * @param experiment its keys are known to be right, its values need not be
   * @throws org.largevae.api.config.ConfigurationException if a component refuses a value
   * @throws org.largevae.api.data.DataException if the data are bad or missing
   */
  public void check(Experiment experiment) {
    Shape shape = shapes.get(experiment.dataset().config());
    if (shape == null) {
      PreparedDataset dataset = data.load(experiment);
      shape = new Shape(dataset.shape(), dataset.support());
      shapes.put(experiment.dataset().config(), shape);
    }
    int latentSize = experiment.model().latentSize();
    ModelFactory.assemble(
        registry, experiment.model(), new ModelShape(shape.data(), shape.support(), latentSize));
  }
}
