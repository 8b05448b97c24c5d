package com.example.anomalies;

import java.util.Arrays;

/** How well scores tell anomalies from the rest. */
final class Detection {
  private Detection() {}

  /**
   * The area under the receiver operating characteristic: the probability that an anomaly scores
   * below a normal image, ties counted half (Mann and Whitney 1947).
   *
   * @param normal scores of normal images
   * @param anomalies scores of anomalies
   * @return from 0 to 1; 0.5 is guessing
   */
  static double areaUnderCurve(double[] normal, double[] anomalies) {
    double[] sorted = normal.clone();
    Arrays.sort(sorted);
    double wins = 0;
    for (double anomaly : anomalies) {
      int below = countBelow(sorted, anomaly);
      int belowOrEqual = countBelow(sorted, Math.nextUp(anomaly));
      wins += sorted.length - belowOrEqual + 0.5 * (belowOrEqual - below);
    }
    return wins / ((double) sorted.length * anomalies.length);
  }

  private static int countBelow(double[] sorted, double limit) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
