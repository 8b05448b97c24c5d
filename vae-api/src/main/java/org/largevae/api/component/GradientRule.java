package org.largevae.api.component;

/**
 * What an optimiser does to a parameter's gradient before its update. A component asks for it where
 * the experiment's own rule would harm a parameter; see {@link Component#gradientRule}.
 */
public enum GradientRule {
  /** What the experiment's optimiser does to every parameter. */
  OPTIMIZER,
  /**
   * Each row of the gradient, along the first axis, is divided by its own L2 norm, {@code g_k /
   * ||g_k||}, down to the smallest norms that float32 holds; a row of zeros rests. For parameters
   * whose rows are independent of each other, such as pseudo-inputs, where one norm for all rows
   * lets the few largest gradients take every step.
   */
  ROWS,
  /** The gradient is taken as it is, also where the optimiser normalises others. */
  PLAIN
}
