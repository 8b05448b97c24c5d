package org.largevae.api.config;

/**
 * A settings record refuses its values: thrown by its compact constructor for a rule that involves
 * several of them. Read from a configuration it becomes a {@link ConfigurationException} that names
 * the whole key and its place.
 */
public final class SettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String rule;

  /**
   * A broken rule.
   *
   * @param key the setting's key, for example {@code log-variance-min}
   * @param rule what its value should be, for example {@code must be below log-variance-max}
   */
  public SettingException(String key, String rule) {
    super(key + ": " + rule);
    this.key = key;
    this.rule = rule;
  }

  /**
   * The setting whose value is refused.
   *
   * @return its key in its section
   */
  public String key() {
    return key;
  }

  /**
   * What its value should be.
   *
   * @return a clause that begins with must
   */
  public String rule() {
    return rule;
  }
}
