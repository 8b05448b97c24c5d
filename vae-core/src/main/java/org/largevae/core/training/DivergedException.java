package org.largevae.core.training;

import java.util.Locale;

/** Training met a loss, gradient or parameter that is not finite. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What training can go on from. */
  public enum Recovery {
    /** The weights after the last good step, in a checkpoint. */
    LAST_GOOD_WEIGHTS,
    /** The checkpoint before: the weights themselves are spoilt. */
    EARLIER_CHECKPOINT,
    /** Nothing: the training had no folder, or no checkpoint in it yet. */
    NOTHING
  }

  private final Recovery kept;
  private final int bestEpoch;
  private final boolean atOnce;

  /**
   * Training diverged.
   *
   * @param fault what was not finite, a clause
   * @param place in which epoch and step, a clause
   * @param kept what is left
   * @param bestEpoch whose weights are kept with it, as the best so far; 0 if no epoch was finished
   * @param atOnce whether it happened in the first step, where the data's scale is the likely cause
   */
  public DivergedException(
      String fault, String place, Recovery kept, int bestEpoch, boolean atOnce) {
    super(String.format(Locale.ROOT, "training diverged: %s %s", fault, place));
    this.kept = kept;
    this.bestEpoch = bestEpoch;
    this.atOnce = atOnce;
  }

  /**
   * What training can go on from.
   *
   * @return the weights that can be gone on with
   */
  public Recovery kept() {
    return kept;
  }

  /**
   * The epoch whose weights, the best so far, are kept and can be evaluated.
   *
   * @return 0 if there are none
   */
  public int bestEpoch() {
    return bestEpoch;
  }

  /**
   * Whether the first step diverged: then the data's values are likely too large or too small, and
   * later a learning rate too large.
   *
   * @return true for the first step
   */
  public boolean isAtOnce() {
    return atOnce;
  }
}
