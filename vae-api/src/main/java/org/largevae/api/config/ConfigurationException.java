package org.largevae.api.config;

/**
 * The user's configuration is wrong. The message is meant for the user: the key, its value, the
 * rule, where it was written.
 */
public class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A fault in the configuration.
   *
   * @param message the whole message shown to the user
   */
  public ConfigurationException(String message) {
    super(message);
  }

  /**
   * A fault in the configuration that another exception revealed.
   *
   * @param message the whole message shown to the user
   * @param cause what revealed it
   */
  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
