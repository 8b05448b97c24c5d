package org.largevae.runner.cli;

import org.largevae.api.config.ConfigurationException;

/** Checks the values of options. */
final class Arguments {

  private Arguments() {}

  /**
   * Checks a count.
   *
   * @param option its option, for the message
   * @param value what was given
   * @param highest the most allowed
   * @return the value
   * @throws ConfigurationException if it is below 1 or above that
   */
  static int count(String option, int value, int highest) {
    if (value < 1 || value > highest) {
      throw new ConfigurationException(
          option
              + " "
              + value
              + (highest == Integer.MAX_VALUE
                  ? ": must be at least 1"
                  : ": must be between 1 and " + highest));
    }
    return value;
  }
}
