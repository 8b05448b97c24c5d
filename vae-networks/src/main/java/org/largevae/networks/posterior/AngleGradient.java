package org.largevae.networks.posterior;

/**
 * The derivative of a drawn angle by the concentration, by implicit differentiation of the
 * distribution function F (Figurnov et al. 2018, arXiv:1805.08498): {@code dtheta/dkappa =
 * -(dF/dkappa) / p(theta)}, where {@code dF/dkappa} is the integral of {@code (s - E[s]) p} up to
 * theta. It is unbiased, unlike what acceptance and rejection leave when one differentiates the
 * accepted proposal. The integral is taken over the shorter side, which the mean divides, and
 * relative to p(theta), so that nothing cancels or underflows.
 */
final class AngleGradient {
  private static final GaussLegendre QUADRATURE = new GaussLegendre(64);

  /** A density is left out where it is below exp(-40) of that at the angle. */
  private static final double FAR = -40;

  private AngleGradient() {}

  /**
   * The derivative.
   *
   * @param law the angle's law
   * @param angle theta, from 0 to pi
   * @return {@code dtheta/dkappa}
   */
  static double of(AngularLaw law, double angle) {
    double y = fromAngle(angle);
    double reference = law.logDensity(y);
    boolean below = y < (1 - law.meanCosine()) / 2;
    double bound = below ? 0 : Math.PI;
    if (angle == bound) {
      return 0;
    }
    double end = end(law, angle, reference, bound);
    // up to theta below the mean; above it, from there on, the sign turns
    double length = end - angle;
    return QUADRATURE.integrate(
        0,
        1,
        t -> {
          // nodes grow dense towards the end, where log(1 + cos) may be singular
          double at = fromAngle(end - length * t * t);
          double ratio = Math.exp(law.logDensity(at) - reference);
          return 2 * t * length * law.statisticExcess(at) * ratio;
        });
  }

  /** How far into a tail there is something to integrate. */
  private static double end(AngularLaw law, double angle, double reference, double bound) {
    double step = (bound - angle) / 1024;
    while (law.logDensity(fromAngle(angle + step)) - reference > FAR) {
      step *= 2;
      if (Math.abs(step) >= Math.abs(bound - angle)) {
        return bound;
      }
    }
    return angle + step;
  }

  /** {@code sin^2(theta/2)}. */
  static double fromAngle(double angle) {
    double sine = Math.sin(angle / 2);
    return sine * sine;
  }

  /** The angle of y, from 0 to pi. */
  static double toAngle(double y) {
    return 2 * Math.asin(Math.sqrt(y));
  }
}
