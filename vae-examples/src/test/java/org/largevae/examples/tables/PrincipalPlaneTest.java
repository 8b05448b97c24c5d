package org.largevae.examples.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PrincipalPlaneTest {
  /** Points along (3, 4, 0) / 5, and with less variance along the third axis. */
  @Test
  void pointsAreProjectedOnTheDirectionsOfMostVariance() {
    double[][] points = {{7, 9, 2}, {1, 1, 2}, {4, 5, 3}, {4, 5, 1}};

    double[][] plane = PrincipalPlane.project(points);

    double sign = Math.signum(plane[0][0]);
    assertThat(plane[0]).containsExactly(new double[] {5 * sign, -5 * sign, 0, 0}, within(1e-9));
    sign = Math.signum(plane[1][2]);
    assertThat(plane[1]).containsExactly(new double[] {0, 0, sign, -sign}, within(1e-9));
  }
}
