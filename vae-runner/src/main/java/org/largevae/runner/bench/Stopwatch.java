package org.largevae.runner.bench;

import java.util.ArrayList;
import java.util.List;

/** Times calls: first for the warm-up, which is not kept, then for as long as is to be measured. */
final class Stopwatch {
  private static final int FEWEST = 3;

  private final long warmUp;
  private final long duration;
  private final List<Double> seconds = new ArrayList<>();
  private final long start = System.nanoTime();
  private boolean warm;
  private long measuredSince;
  private long called;

  Stopwatch(double warmUpSeconds, double seconds) {
    this.warmUp = (long) (warmUpSeconds * 1e9);
    this.duration = (long) (seconds * 1e9);
  }

  /** Whether enough has been measured. */
  boolean isDone() {
    return seconds.size() >= FEWEST && System.nanoTime() - measuredSince >= duration;
  }

  void begin() {
    called = System.nanoTime();
    if (!warm && called - start >= warmUp) {
      warm = true;
      measuredSince = called;
    }
  }

  void end() {
    if (warm) {
      seconds.add((System.nanoTime() - called) * 1e-9);
    }
  }

  double[] seconds() {
    return seconds.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
