package org.largevae.core.training;

/**
 * The section {@code training.optimizer}: Adam (Kingma and Ba 2015).
 *
 * @param type which form
 * @param learningRate above 0
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the bias-corrected second moment, above 0
 */
public record OptimizerSettings(
    Type type, double learningRate, double beta1, double beta2, double epsilon) {

  /** The forms of Adam. */
  public enum Type {
    /** Plain Adam. */
    ADAM,
    /** Each parameter's gradient is first divided by its own L2 norm. */
    ADAM_NORMALIZED_GRADIENT
  }
}
