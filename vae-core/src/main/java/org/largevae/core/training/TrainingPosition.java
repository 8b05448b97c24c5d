package org.largevae.core.training;

import com.google.gson.annotations.JsonAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.LeftOutWhenNull;

/**
 * Where training stands, all but the arrays: with them, enough to go on as if it had never stopped.
 *
 * @param epoch the epoch in progress, counted from 1
 * @param step steps of it that are done
 * @param lossSum over those steps' examples, in nats
 * @param reconstructionSum over those steps' examples, in nats
 * @param klSum over those steps' examples, in nats
 * @param examples how many examples those steps had
 * @param secondsInEpoch spent on those steps
 * @param optimizerSteps steps since the start
 * @param bestEpoch the epoch of the least validation loss; 0 before the first
 * @param bestValidationLoss that loss, in nats; 0 before the first
 * @param epochsWithoutGain epochs since the last gain, as early stopping counts them
 * @param metrics of the finished epochs
 * @param klSums over those steps' examples, of each level of a model with several, top first, in
 *     nats; null before the first step of an epoch, and for a model of one level
 */
public record TrainingPosition(
    int epoch,
    int step,
    double lossSum,
    double reconstructionSum,
    double klSum,
    long examples,
    double secondsInEpoch,
    long optimizerSteps,
    int bestEpoch,
    double bestValidationLoss,
    int epochsWithoutGain,
    List<EpochMetrics> metrics,
    @JsonAdapter(value = LeftOutWhenNull.class, nullSafe = false) List<Double> klSums) {

  /** Copies the metrics and refuses a place that training cannot have come to. */
  public TrainingPosition {
    if (epoch < 1
        || step < 0
        || examples < 0
        || optimizerSteps < 0
        || bestEpoch < 0
        || epochsWithoutGain < 0) {
      throw new IllegalArgumentException("no position of training: epoch " + epoch);
    }
    metrics = List.copyOf(metrics);
    klSums = klSums == null ? null : List.copyOf(klSums);
  }

  /**
   * Before the first step.
   *
   * @return the position
   */
  public static TrainingPosition start() {
    return new TrainingPosition(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), null);
  }

  TrainingPosition afterStep(StepLoss loss, int batch, double seconds) {
    return new TrainingPosition(
        epoch,
        step + 1,
        lossSum + loss.value() * batch,
        reconstructionSum + loss.reconstruction() * batch,
        klSum + loss.kl() * batch,
        examples + batch,
        secondsInEpoch + seconds,
        optimizerSteps + 1,
        bestEpoch,
        bestValidationLoss,
        epochsWithoutGain,
        metrics,
        klSums(loss, batch));
  }

  private List<Double> klSums(StepLoss loss, int batch) {
    List<Double> kls = loss.levelKls();
    return kls.isEmpty()
        ? null
        : IntStream.range(0, kls.size())
            .mapToObj(level -> (klSums == null ? 0 : klSums.get(level)) + kls.get(level) * batch)
            .toList();
  }

  TrainingPosition afterEpoch(EpochMetrics finished, boolean best, boolean warmingUp) {
    List<EpochMetrics> all = new ArrayList<>(metrics);
    all.add(finished);
    return new TrainingPosition(
        epoch + 1,
        0,
        0,
        0,
        0,
        0,
        0,
        optimizerSteps,
        best ? epoch : bestEpoch,
        best ? finished.validationLoss() : bestValidationLoss,
        best || warmingUp ? 0 : epochsWithoutGain + 1,
        all,
        null);
  }
}
