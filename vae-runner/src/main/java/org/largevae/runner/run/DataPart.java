package org.largevae.runner.run;

/** A part of a run's own data. */
public enum DataPart {
  /** What the model learnt from. */
  TRAINING,
  /** What the best epoch was chosen by. */
  VALIDATION,
  /** What is reported. */
  TEST
}
