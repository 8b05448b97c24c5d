package org.largevae.examples.tables;

import java.util.Arrays;

/**
 * How well scores tell anomalies from normal rows: for each threshold the share of normal rows and
 * of anomalies whose score is at most that.
 *
 * @param falseAlarms shares of normal rows, ascending from 0 to 1
 * @param detections shares of anomalies at the same thresholds
 */
record RocCurve(double[] falseAlarms, double[] detections) {

  /**
   * The curve of some scores, the higher the more normal.
   *
   * @param normal of normal rows, at least one, none NaN
   * @param anomalies of anomalies, at least one, none NaN
   * @return the curve; rows of one score share a point
   */
  static RocCurve of(double[] normal, double[] anomalies) {
    double[] low = sorted(normal);
    double[] high = sorted(anomalies);
    double[] thresholds =
        Arrays.stream(concatenated(normal, anomalies)).sorted().distinct().toArray();
    double[] falseAlarms = new double[thresholds.length + 1];
    double[] detections = new double[thresholds.length + 1];
    int alarms = 0;
    int detected = 0;
    for (int i = 0; i < thresholds.length; i++) {
      while (alarms < low.length && low[alarms] <= thresholds[i]) {
        alarms++;
      }
      while (detected < high.length && high[detected] <= thresholds[i]) {
        detected++;
      }
      falseAlarms[i + 1] = (double) alarms / low.length;
      detections[i + 1] = (double) detected / high.length;
    }
    return new RocCurve(falseAlarms, detections);
  }

  /**
   * The area under the curve by trapezia, which is the probability that an anomaly scores below a
   * normal row, ties counted half (Mann and Whitney 1947).
   *
   * @return from 0 to 1; 0.5 is guessing
   */
  double area() {
    double area = 0;
    for (int i = 1; i < falseAlarms.length; i++) {
      area += (falseAlarms[i] - falseAlarms[i - 1]) * (detections[i] + detections[i - 1]) / 2;
    }
    return area;
  }

  private static double[] sorted(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a curve takes normal rows and anomalies");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static double[] concatenated(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
