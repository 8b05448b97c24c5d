package org.largevae.core.preparation;

/** Whether a model sees real and positive values on a scale fitted to the training examples. */
public enum Standardize {
  /** For the columns of a table. */
  AUTO,
  /** Always. */
  TRUE,
  /** Never. */
  FALSE
}
