package org.largevae.core.results;

import com.google.gson.annotations.JsonAdapter;
import java.util.List;

/**
 * One epoch's means per example, in nats.
 *
 * @param epoch counted from 1
 * @param beta the weight of KL in the training loss during this epoch
 * @param trainingLoss {@code -RE + beta KL}, over the epoch's steps
 * @param trainingReconstruction RE, the mean of log p(x|z)
 * @param trainingKl the mean of log q(z|x) - log p(z)
 * @param validationLoss {@code -RE + KL}: beta is 1
 * @param validationReconstruction RE on the validation examples
 * @param validationKl KL on the validation examples
 * @param seconds how long the epoch took, validation included
 * @param levels KL of each level of a model with several, top first; null for a model of one level
 */
public record EpochMetrics(
    int epoch,
    double beta,
    double trainingLoss,
    double trainingReconstruction,
    double trainingKl,
    double validationLoss,
    double validationReconstruction,
    double validationKl,
    double seconds,
    @JsonAdapter(value = LeftOutWhenNull.class, nullSafe = false) List<LevelKl> levels) {

  /** Copies the list. */
  public EpochMetrics {
    levels = levels == null ? null : List.copyOf(levels);
  }

  /**
   * An epoch of a model of one level.
   *
   * @param epoch as above
   * @param beta as above
   * @param trainingLoss as above
   * @param trainingReconstruction as above
   * @param trainingKl as above
   * @param validationLoss as above
   * @param validationReconstruction as above
   * @param validationKl as above
   * @param seconds as above
   */
  public EpochMetrics(
      int epoch,
      double beta,
      double trainingLoss,
      double trainingReconstruction,
      double trainingKl,
      double validationLoss,
      double validationReconstruction,
      double validationKl,
      double seconds) {
    this(
        epoch,
        beta,
        trainingLoss,
        trainingReconstruction,
        trainingKl,
        validationLoss,
        validationReconstruction,
        validationKl,
        seconds,
        null);
  }
}
