package org.largevae.networks.posterior;

/**
 * What von Mises-Fisher distributions need of the modified Bessel functions I_v, for x up to 1e6
 * and beyond, to about 1e-12. Nothing here overflows, and nothing cancels for small x.
 */
final class BesselFunctions {
  /** From here up four terms of the uniform expansion leave an error below 1e-12. */
  private static final int EXPANDED_ABOVE = 60;

  private BesselFunctions() {}

  /**
   * {@code I_{v+1}(x) / (x I_v(x))}, by Gauss's continued fraction (DLMF 10.33.1) with the modified
   * Lentz algorithm. All its terms are positive, so that it always converges.
   *
   * @param order v, above -1
   * @param x at least 0
   * @return the ratio, {@code 1 / (2 v + 2)} at 0
   */
  static double ratioOverArgument(double order, double x) {
    double square = x * x;
    double term = 2 * (order + 1);
    double numerator = term;
    double fraction = term;
    double denominator = 0;
    double change;
    do {
      term += 2;
      denominator = 1 / (term + square * denominator);
      numerator = term + square / numerator;
      change = numerator * denominator;
      fraction *= change;
    } while (Math.abs(change - 1) > 3e-16);
    return 1 / fraction;
  }

  /**
   * {@code log( Gamma(v + 1) (x/2)^-v I_v(x) )}, the log of a series that is 1 at 0 (DLMF 10.25.2).
   * By the uniform expansion at the order v + 60, and from there down with {@code I_{k-1} = 2k/x
   * I_k + I_{k+1}}.
   *
   * @param order v, at least 0
   * @param x at least 0
   * @return the logarithm, 0 at 0
   */
  static double logSeries(double order, double x) {
    double at = order + EXPANDED_ABOVE;
    double log = expandedLogSeries(at, x);
    double square = x * x;
    double ratio = ratioOverArgument(at, x);
    for (double k = at; k > order + 0.5; k--) {
      log += Math.log1p(square * ratio / (2 * k));
      ratio = 1 / (2 * k + square * ratio);
    }
    return log;
  }

  /** DLMF 10.41.3, less its limit at 0: the Gamma function's own expansion (DLMF 5.11.3). */
  private static double expandedLogSeries(double order, double x) {
    double z = x / order;
    double root = Math.sqrt(1 + z * z);
    // sqrt(1 + z^2) - 1
    double excess = z * z / (1 + root);
    return order * (excess - Math.log1p(excess / 2))
        - Math.log1p(excess) / 2
        + Math.log(correction(order, 1 / root) / correction(order, 1));
  }

  /** {@code sum_k u_k(p) / v^k} (DLMF 10.41.10). */
  private static double correction(double order, double p) {
    double s = p * p;
    double u1 = p * (3 - 5 * s) / 24;
    double u2 = s * (81 + s * (-462 + 385 * s)) / 1152;
    double u3 = p * s * (30375 + s * (-369603 + s * (765765 - 425425 * s))) / 414720;
    double u4 =
        s
            * s
            * (4465125 + s * (-94121676 + s * (349922430 + s * (-446185740 + 185910725 * s))))
            / 39813120;
    return 1 + (u1 + (u2 + (u3 + u4 / order) / order) / order) / order;
  }
}
