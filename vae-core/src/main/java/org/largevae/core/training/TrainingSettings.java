package org.largevae.core.training;

import java.util.List;
import java.util.Optional;
import org.largevae.api.config.Setting;

/**
 * The section {@code training}, but for its objective.
 *
 * @param epochs the last epoch at the most
 * @param batchSize examples in a step
 * @param samples draws of z for each example in a step
 * @param beta the weight of KL at the end of its schedule
 * @param betaSchedule how the weight comes to that
 * @param warmUpEpochs of the linear schedule
 * @param betaCycleEpochs of the cyclical schedule
 * @param earlyStoppingEpochs how many epochs without a lesser validation loss end training, counted
 *     after the warm-up; 0 to never stop early
 * @param checkpointSeconds the least time between two checkpoints
 * @param optimizer takes the steps
 * @param startFrom the folder of a run or model whose weights are taken where they fit
 * @param frozen names of the model's components that keep the weights they start from
 */
public record TrainingSettings(
    @Setting(value = "100", atLeast = 1, meaning = "the last epoch at the most") int epochs,
    @Setting(value = "100", atLeast = 1, meaning = "examples in a step") int batchSize,
    @Setting(
            value = "1",
            atLeast = 1,
            meaning =
                "draws of z for each example in a step; iwae and dreg differ from elbo from 2 on")
        int samples,
    @Setting(
            value = "1",
            atLeast = 0,
            atMost = 1e6,
            meaning =
                "the weight of KL at the end of its schedule, in iwae and dreg within each log weight")
        double beta,
    @Setting(
            value = "linear",
            meaning =
                "how the weight of KL comes to beta: linear warm-up, constant from the start, or"
                    + " cyclical")
        BetaSchedule betaSchedule,
    @Setting(
            value = "0",
            atLeast = 0,
            meaning = "of the linear schedule: the epoch that reaches beta; 0 for beta throughout")
        int warmUpEpochs,
    @Setting(
            value = "50",
            atLeast = 2,
            meaning =
                "of the cyclical schedule: the length of a cycle, in whose first half the weight"
                    + " rises from 0 to beta")
        int betaCycleEpochs,
    @Setting(
            value = "0",
            atLeast = 0,
            meaning =
                "stop after this many epochs without a lesser validation loss; 0 to never stop early")
        int earlyStoppingEpochs,
    @Setting(value = "20", above = 0, meaning = "the least time between two checkpoints")
        double checkpointSeconds,
    @Setting(meaning = "the optimiser") OptimizerSettings optimizer,
    @Setting(
            meaning =
                "the folder of a run or model of the same data: every parameter that its model has"
                    + " too, in the same component by the same name and shape, starts at its trained"
                    + " value")
        Optional<String> startFrom,
    @Setting(
            value = "[]",
            mayBeEmpty = true,
            meaning =
                "components that keep the weights of start-from, such as encoder and decoder; only"
                    + " the others are trained")
        List<String> frozen) {

  /** Copies the list. */
  public TrainingSettings {
    frozen = List.copyOf(frozen);
  }

  /**
   * A training of all parameters from their own start.
   *
   * @param epochs the last epoch at the most
   * @param batchSize examples in a step
   * @param samples draws of z for each example in a step
   * @param beta the weight of KL at the end of its schedule
   * @param betaSchedule how the weight comes to that
   * @param warmUpEpochs of the linear schedule
   * @param betaCycleEpochs of the cyclical schedule
   * @param earlyStoppingEpochs how many epochs without a lesser validation loss end training
   * @param checkpointSeconds the least time between two checkpoints
   * @param optimizer takes the steps
   */
  public TrainingSettings(
      int epochs,
      int batchSize,
      int samples,
      double beta,
      BetaSchedule betaSchedule,
      int warmUpEpochs,
      int betaCycleEpochs,
      int earlyStoppingEpochs,
      double checkpointSeconds,
      OptimizerSettings optimizer) {
    this(
        epochs,
        batchSize,
        samples,
        beta,
        betaSchedule,
        warmUpEpochs,
        betaCycleEpochs,
        earlyStoppingEpochs,
        checkpointSeconds,
        optimizer,
        Optional.empty(),
        List.of());
  }

  /** How the weight of KL changes from epoch to epoch. */
  public enum BetaSchedule {
    /** {@code beta min(1, epoch / warm-up-epochs)} (Bowman et al. 2016; Sonderby et al. 2016). */
    LINEAR,
    /** {@code beta} throughout. */
    CONSTANT,
    /**
     * In each cycle the weight rises linearly from 0 to {@code beta} over the first half and stays
     * there (Fu et al. 2019, arXiv:1903.10145, equation 6).
     */
    CYCLICAL
  }

  /**
   * The weight of KL.
   *
   * @param epoch counted from 1
   * @return between 0 and {@link #beta}
   */
  public double betaAt(int epoch) {
    return switch (betaSchedule) {
      case LINEAR -> warmUpEpochs == 0 ? beta : beta * Math.min(1, (double) epoch / warmUpEpochs);
      case CONSTANT -> beta;
      case CYCLICAL -> beta * Math.min(1, 2.0 * ((epoch - 1) % betaCycleEpochs) / betaCycleEpochs);
    };
  }

  /**
   * How many steps an epoch takes.
   *
   * @param examples that are trained on
   * @return at least 1, the last step perhaps smaller
   */
  public int stepsPerEpoch(long examples) {
    return (int) ((examples + batchSize - 1) / batchSize);
  }

  /**
   * Whether the weight of KL is still on its way to {@link #beta}, so that a loss that does not
   * fall is no reason to stop.
   *
   * @param epoch counted from 1
   * @return false after the warm-up
   */
  public boolean isWarmingUp(int epoch) {
    return betaSchedule == BetaSchedule.LINEAR && epoch < warmUpEpochs;
  }
}
