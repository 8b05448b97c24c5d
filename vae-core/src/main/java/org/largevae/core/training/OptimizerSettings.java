package org.largevae.core.training;

import org.largevae.api.config.Setting;

/**
 * The section {@code training.optimizer}: Adam (Kingma and Ba 2015, arXiv:1412.6980).
 *
 * @param type the form of Adam
 * @param learningRate alpha
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 */
public record OptimizerSettings(
    @Setting(
            value = "adam-normalized-gradient",
            meaning = "Adam as it is, or with each gradient first divided by its own L2 norm")
        Type type,
    @Setting(value = "5e-4", above = 0, meaning = "the learning rate") double learningRate,
    @Setting(value = "0.9", atLeast = 0, below = 1, meaning = "decay of the first moment")
        double beta1,
    @Setting(value = "0.999", atLeast = 0, below = 1, meaning = "decay of the second moment")
        double beta2,
    @Setting(value = "1e-8", above = 0, meaning = "added to the root of the second moment")
        double epsilon) {

  /** The forms of Adam. */
  public enum Type {
    /** Plain Adam. */
    ADAM,
    /** Each parameter's gradient is first divided by its own L2 norm. */
    ADAM_NORMALIZED_GRADIENT
  }
}
