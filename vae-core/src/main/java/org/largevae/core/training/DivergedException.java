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
    /** Nothing: the training had no folder. */
    NOTHING
  }

  private final Recovery kept;
  private final boolean atOnce;

  /**
   * Training diverged.
   *
   * @param fault what was not finite, a clause
   * @param place in which epoch and step, a clause
   * @param kept what is left
   * @param atOnce whether it happened in the first step, where the data's scale is the likely cause
   */
  public DivergedException(String fault, String place, Recovery kept, boolean atOnce) {
    super(String.format(Locale.ROOT, "training diverged: %s %s", fault, place));
    this.kept = kept;
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
   * Whether the first step diverged: then the data's values are likely too large or too small, and
   * later a learning rate too large.
   *
   * @return true for the first step
   */
  public boolean isAtOnce() {
    return atOnce;
  }
}
