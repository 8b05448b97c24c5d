package org.largevae.core.table;

import java.util.Locale;
import org.largevae.api.config.SettingException;
import org.largevae.core.engine.MachineMemory;

/** Whether values are kept in a temporary file, or as bytes, instead of in single precision. */
public enum Mapping {
  /** Where they take more than a quarter of Java's memory. */
  AUTO,
  /** Always. */
  TRUE,
  /** Never. */
  FALSE;

  /**
   * The part of Java's memory that values may take. While they are prepared and copied to the
   * device, up to three copies of them are there.
   */
  private static final int PART = 4;

  /** What a Java array can hold at most. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * Decides for a table or pictures.
   *
   * @param values N x D
   * @param memory Java's, in bytes
   * @return whether they go to a file
   * @throws SettingException if they are to be on the heap but cannot be
   */
  public boolean applies(long values, long memory) {
    long bytes = values * Float.BYTES;
    if (this == FALSE && (values > LONGEST_ARRAY || bytes > memory)) {
      throw new SettingException(
          "mapped",
          String.format(
              Locale.ROOT,
              "keeps all values in memory, but they take %s and %s; set dataset.mapped = auto",
              MachineMemory.show(bytes),
              values > LONGEST_ARRAY
                  ? "a Java array holds at most 8.6 GB"
                  : "Java has " + MachineMemory.show(memory)));
    }
    return this == TRUE || this == AUTO && (values > LONGEST_ARRAY || bytes > memory / PART);
  }
}
