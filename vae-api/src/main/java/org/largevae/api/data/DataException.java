package org.largevae.api.data;

/**
 * Data are missing, damaged or do not fit. The message is one sentence for the user: which file,
 * what is wrong with it, what to do.
 */
public class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A fault in the data.
   *
   * @param message the whole message shown to the user
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * A fault in the data that another exception revealed.
   *
   * @param message the whole message shown to the user
   * @param cause what revealed it
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
