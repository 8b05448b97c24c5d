package org.largevae.core.training;

/** A training, or the evaluation that follows it, was asked to stop early. */
public final class TrainingInterruptedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean checkpointKept;

  /**
   * Stopped on request.
   *
   * @param place how far it came, a clause, for example {@code in epoch 3 of 10 after step 4 of 20}
   * @param checkpointKept whether it can go on from a checkpoint
   */
  public TrainingInterruptedException(String place, boolean checkpointKept) {
    super(
        "interrupted "
            + place
            + (checkpointKept ? "; a checkpoint was kept" : "; nothing was kept"));
    this.checkpointKept = checkpointKept;
  }

  /**
   * Whether it can go on from a checkpoint.
   *
   * @return false for a training without a folder
   */
  public boolean isCheckpointKept() {
    return checkpointKept;
  }
}
