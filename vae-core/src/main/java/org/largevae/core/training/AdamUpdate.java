package org.largevae.core.training;

import ai.djl.ndarray.NDArray;

/**
 * Adam on one parameter, with its moments. There is one form for each place where arrays may live.
 */
interface AdamUpdate {

  /**
   * Takes one step.
   *
   * @param weight the parameter, updated in place
   * @param gradient its gradient
   * @param gradientScale what the gradient is multiplied by
   * @param step the step's constants
   */
  void apply(NDArray weight, NDArray gradient, float gradientScale, Step step);

  /**
   * Copies the moments to arrays.
   *
   * @param first of the parameter's shape
   * @param second of the parameter's shape
   */
  void saveMoments(NDArray first, NDArray second);

  /**
   * Takes the moments from arrays.
   *
   * @param first of the parameter's shape
   * @param second of the parameter's shape
   */
  void loadMoments(NDArray first, NDArray second);

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
