package org.largevae.runner.training;

import ai.djl.ndarray.NDArray;

/** One step of Adam on one parameter. There is one form for each place where arrays may live. */
interface AdamUpdate {

  /**
   * Updates a parameter and its moments in place, and sets its gradient to zero.
   *
   * @param weight the parameter
   * @param gradient its gradient
   * @param first its first moment
   * @param second its second moment
   * @param gradientScale what the gradient is multiplied by
   * @param step the step's constants
   */
  void apply(
      NDArray weight,
      NDArray gradient,
      NDArray first,
      NDArray second,
      float gradientScale,
      Step step);

  /**
   * The constants of one step, of algorithm 1 of Kingma and Ba (2015) with the bias corrections
   * moved: {@code w -= rate * m / (sqrt(v) + epsilon)}.
   *
   * @param rate {@code learningRate * sqrt(1 - beta2^t) / (1 - beta1^t)}
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon {@code epsilon * sqrt(1 - beta2^t)}
   */
  record Step(float rate, float beta1, float beta2, float epsilon) {}
}
