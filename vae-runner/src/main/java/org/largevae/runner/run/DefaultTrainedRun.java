package org.largevae.runner.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.core.preparation.Examples;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.evaluation.Evaluator;
import org.largevae.runner.experiment.Experiment;
import org.largevae.core.model.VariationalAutoencoder;
import org.largevae.core.results.PartitionResult;

/** A run's model with its best weights; its data are loaded when first asked for. */
final class DefaultTrainedRun implements TrainedRun {
  private final Experiment experiment;
  private final VariationalAutoencoder model;
  private final DataLoading data;
  private Examples test;

  DefaultTrainedRun(Experiment experiment, VariationalAutoencoder model, DataLoading data) {
    this.experiment = experiment;
    this.model = model;
    this.data = data;
  }

  @Override
  public Experiment experiment() {
    return experiment;
  }

  @Override
  public DataShape shape() {
    return model.shape().data();
  }

  @Override
  public PartitionResult evaluateTest(int importanceSamples, long seed) {
    try (NDManager manager = model.manager().newSubManager()) {
      Examples examples = test();
      ResidentExamples resident =
          ResidentExamples.of(manager, examples.values(), examples.dimensions(), false);
      int rows = experiment.evaluation().batchRows();
      return Evaluator.evaluate(model, resident, importanceSamples, rows, seed, done -> {})
          .result();
    }
  }

  @Override
  public List<float[]> sample(int count, long seed) {
    return new Pictures(model).generated(count, seed);
  }

  @Override
  public List<float[]> testExamples(int count) {
    List<float[]> all = Pictures.split(test().values(), test().dimensions());
    return all.subList(0, Math.min(count, all.size()));
  }

  @Override
  public List<float[]> reconstruct(List<float[]> examples) {
    return new Pictures(model).reconstructions(examples);
  }

  @Override
  public NDArray encodeTest(NDManager manager) {
    Examples examples = test();
    List<float[]> latents =
        new Pictures(model).encodings(Pictures.split(examples.values(), examples.dimensions()));
    FloatBuffer values = FloatBuffer.allocate(latents.size() * model.shape().latentSize());
    latents.forEach(values::put);
    values.rewind();
    Shape shape = new Shape(latents.size(), model.shape().latentSize());
    return manager.create(values, shape, DataType.FLOAT32);
  }

  private Examples test() {
    if (test == null) {
      PreparedDataset dataset = data.load(experiment);
      if (!dataset.shape().equals(model.shape().data())) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "dataset %s: its examples are %s now, but the model was trained on %s",
                dataset.name(),
                dataset.shape(),
                model.shape().data()));
      }
      test = dataset.test();
    }
    return test;
  }

  @Override
  public void close() {
    model.close();
  }
}
