package org.largevae.runner.sweep;

import java.util.List;
import org.largevae.core.results.EpochMetrics;

/**
 * How far a running member is.
 *
 * @param member the member
 * @param epoch the last finished epoch, 0 before the first
 * @param validationLoss of that epoch, in nats; NaN before the first
 * @param bestValidationLoss the least so far; NaN before the first
 * @param secondsPerEpoch of the last epochs; NaN before the first
 */
public record MemberProgress(
    Member member,
    int epoch,
    double validationLoss,
    double bestValidationLoss,
    double secondsPerEpoch) {
  private static final int RECENT = 10;

  /**
   * Reads a member's progress from its metrics.
   *
   * @param member the member
   * @param epochs its finished epochs
   * @return how far it is
   */
  static MemberProgress of(Member member, List<EpochMetrics> epochs) {
    if (epochs.isEmpty()) {
      return new MemberProgress(member, 0, Double.NaN, Double.NaN, Double.NaN);
    }
    EpochMetrics last = epochs.get(epochs.size() - 1);
    List<EpochMetrics> recent = epochs.subList(Math.max(0, epochs.size() - RECENT), epochs.size());
    return new MemberProgress(
        member,
        last.epoch(),
        last.validationLoss(),
        epochs.stream().mapToDouble(EpochMetrics::validationLoss).min().orElseThrow(),
        recent.stream().mapToDouble(EpochMetrics::seconds).average().orElseThrow());
  }

  /**
   * Estimates the training time that is left.
   *
   * @return seconds; NaN before the first epoch is done
   */
  public double secondsLeft() {
    return secondsPerEpoch * (member.epochs() - epoch);
  }
}
