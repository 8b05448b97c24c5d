package org.largevae.core.training;

/** Training was asked to stop early. A checkpoint has been kept. */
public final class TrainingInterruptedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Training stopped on request.
   *
   * @param message how far it came and how to go on, for the user
   */
  public TrainingInterruptedException(String message) {
    super(message);
  }
}
