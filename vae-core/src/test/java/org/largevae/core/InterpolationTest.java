package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.largevae.api.tensor.ShapeException;

class InterpolationTest {

  @Test
  void straightLineHasEqualSteps() {
    float[][] path = Interpolation.LINEAR.path(new float[] {0, 4}, new float[] {3, -2}, 3);
    assertThat(path).isDeepEqualTo(new float[][] {{0, 4}, {1.5f, 1}, {3, -2}});
  }

  @Test
  void arcBetweenUnitVectorsStaysOnTheCircleAtEqualAngles() {
    float[][] path = Interpolation.SPHERICAL.path(new float[] {1, 0}, new float[] {0, 1}, 4);
    for (int i = 0; i < 4; i++) {
      double angle = i * Math.PI / 6;
      assertThat(path[i][0]).isCloseTo((float) Math.cos(angle), within(1e-6f));
      assertThat(path[i][1]).isCloseTo((float) Math.sin(angle), within(1e-6f));
    }
  }

  @Test
  void arcWithoutAnAngleIsTheStraightLine() {
    float[] a = {1, 2};
    for (float[] b : new float[][] {{2, 4}, {-1, -2}, {0, 0}}) {
      float[][] straight = Interpolation.LINEAR.path(a, b, 5);
      assertThat(Interpolation.SPHERICAL.path(a, b, 5)).isDeepEqualTo(straight);
    }
  }

  @Test
  void greatCirclesStayOnTheSphereAtEqualAngles() {
    float[] a = {0.6f, 0, 0.8f};
    for (float[] b : new float[][] {{0, 1, 0}, {-0.6f, 1e-4f, -0.8f}, {0.6f, 1e-4f, 0.8f}}) {
      float[][] path = Interpolation.GREAT_CIRCLE.path(a, b, 7);
      double step = Math.acos(Math.max(-1, Math.min(1, dot(a, b)))) / 6;
      for (int i = 0; i < 7; i++) {
        assertThat(dot(path[i], path[i])).isCloseTo(1, within(1e-6));
        assertThat(dot(path[i], a)).isCloseTo(Math.cos(i * step), within(1e-3 * i * step + 1e-6));
      }
    }
  }

  @Test
  void oppositePointsAreJoinedByTheHalfCircleTowardsTheFarthestAxis() {
    float[][] path =
        Interpolation.GREAT_CIRCLE.path(
            new float[] {0.6f, 0, 0.8f}, new float[] {-0.6f, 0, -0.8f}, 3);

    assertThat(path[1][0]).isCloseTo(0, within(1e-6f));
    assertThat(path[1][1]).isCloseTo(1, within(1e-6f));
    assertThat(path[1][2]).isCloseTo(0, within(1e-6f));
    float[] a = {1, 0};
    assertThat(Interpolation.GREAT_CIRCLE.path(a, a, 3)).isDeepEqualTo(new float[][] {a, a, a});
  }

  private static double dot(float[] a, float[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
    }
    return dot;
  }

  @Test
  void endsAreCopiesOfTheGiven() {
    float[] a = {0.1f, 0.2f};
    float[][] path = Interpolation.SPHERICAL.path(a, new float[] {-0.7f, 0.3f}, 2);
    assertThat(path).isDeepEqualTo(new float[][] {{0.1f, 0.2f}, {-0.7f, 0.3f}});
    path[0][0] = 9;
    assertThat(a[0]).isEqualTo(0.1f);
  }

  @Test
  void unequalEndsAndTooFewStepsAreRefused() {
    assertThatThrownBy(() -> Interpolation.LINEAR.path(new float[2], new float[3], 2))
        .isInstanceOf(ShapeException.class)
        .hasMessage("latents of 2 and 3 values have no path");
    assertThatThrownBy(() -> Interpolation.LINEAR.path(new float[2], new float[2], 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
