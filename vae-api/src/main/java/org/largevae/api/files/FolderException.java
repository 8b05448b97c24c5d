package org.largevae.api.files;

import java.nio.file.Path;
import org.largevae.api.config.ConfigurationException;

/**
 * A folder that a run or a saved model cannot go into. The message advises a Java programmer; a
 * surface with options of its own says {@link #fact()} and words the advice itself.
 */
public final class FolderException extends ConfigurationException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the folder. */
  public enum Reason {
    /** Another process works in it. */
    IN_USE("wait for it or name another folder"),
    /** It is a file, or cannot be written. */
    UNUSABLE("name another folder"),
    /** It holds a run already. */
    HOLDS_RUN("name another folder, or resume it"),
    /** It holds something that is no run. */
    HOLDS_OTHER_FILES("name another folder");

    private final String advice;

    Reason(String advice) {
      this.advice = advice;
    }
  }

  private final Reason reason;
  private final String fact;

  /**
   * A folder that cannot be used.
   *
   * @param folder the folder
   * @param reason what is wrong with it
   * @param clause the same in words, to follow the folder's name, for example {@code is a file}
   */
  public FolderException(Path folder, Reason reason, String clause) {
    super(folder + ": " + clause + "; " + reason.advice);
    this.reason = reason;
    this.fact = folder + ": " + clause;
  }

  /**
   * What is wrong with the folder.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  /**
   * The folder and what is wrong with it, without advice.
   *
   * @return a clause without a full stop
   */
  public String fact() {
    return fact;
  }
}
