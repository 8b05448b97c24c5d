package org.largevae.api.tensor;

/** An array does not have the shape that an operation needs. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * A wrong shape.
   *
   * @param message the shape found and the shape expected
   */
  public ShapeException(String message) {
    super(message);
  }
}
