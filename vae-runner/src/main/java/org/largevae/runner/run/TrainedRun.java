package org.largevae.runner.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.largevae.api.data.DataShape;
import org.largevae.runner.experiment.Experiment;
import org.largevae.core.results.PartitionResult;

/**
 * A run's folder opened for use: its best weights, its data where asked for. Pictures are D values
 * in [0, 1], channel by channel, row by row.
 */
public interface TrainedRun extends AutoCloseable {

  /**
   * The experiment that was run.
   *
   * @return the experiment, read from the folder
   */
  Experiment experiment();

  /**
   * The shape of an example.
   *
   * @return the shape
   */
  DataShape shape();

  /**
   * Evaluates the model on the test partition.
   *
   * @param importanceSamples S, at least 1
   * @param seed of the samples
   * @return the result
   */
  PartitionResult evaluateTest(int importanceSamples, long seed);

  /**
   * Draws from the prior, decoded to the mean of the likelihood.
   *
   * @param count how many
   * @param seed of the draws
   * @return pictures
   */
  List<float[]> sample(int count, long seed);

  /**
   * The first test examples.
   *
   * @param count how many at the most
   * @return pictures
   */
  List<float[]> testExamples(int count);

  /**
   * Encodes and decodes examples, through the posterior's mean.
   *
   * @param examples as {@link #testExamples} gives them
   * @return pictures, in the same order
   */
  List<float[]> reconstruct(List<float[]> examples);

  /**
   * The posterior means of all test examples.
   *
   * @param manager owns the result
   * @return shape (N, M)
   */
  NDArray encodeTest(NDManager manager);

  @Override
  void close();
}
