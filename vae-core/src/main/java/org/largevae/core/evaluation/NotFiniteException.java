package org.largevae.core.evaluation;

/** A model gave a density that is not a number, or none at all. */
public final class NotFiniteException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  /**
   * A failed evaluation.
   *
   * @param message which example, and which component gave the first such value, for the user
   */
  public NotFiniteException(String message) {
    super(message);
  }
}
