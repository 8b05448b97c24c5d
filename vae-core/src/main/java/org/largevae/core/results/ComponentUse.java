package org.largevae.core.results;

/**
 * How many components of a mixture prior the data use. Each example's posterior mean is shared
 * among the components by their responsibilities, and these are averaged over the examples.
 *
 * @param components K
 * @param used components whose mean responsibility is at least 1 / (10 K)
 * @param perplexity the exponential of the entropy of the mean responsibilities, from 1 to K: the
 *     number of components if all that are used were used alike
 */
public record ComponentUse(int components, int used, double perplexity) {

  /**
   * Sums up mean responsibilities.
   *
   * @param shares one a component, which sum to 1
   * @return their summary
   */
  public static ComponentUse of(double[] shares) {
    double entropy = 0;
    int used = 0;
    for (double share : shares) {
      entropy -= share > 0 ? share * Math.log(share) : 0;
      used += share >= 0.1 / shares.length ? 1 : 0;
    }
    return new ComponentUse(shares.length, used, Math.exp(entropy));
  }
}
