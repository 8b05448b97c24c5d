package org.largevae.core.training;

/** Training met a loss or gradient that is not finite. The last good weights have been kept. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Training diverged.
   *
   * @param message what was not finite, in which epoch and step, for the user
   */
  public DivergedException(String message) {
    super(message);
  }
}
