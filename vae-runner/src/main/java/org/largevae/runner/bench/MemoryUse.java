package org.largevae.runner.bench;

import java.util.List;

/**
 * The process's resident memory while it trained.
 *
 * @param work the workload's name
 * @param samples in the order of steps; the first is of step {@value #SETTLED}
 */
public record MemoryUse(String work, List<Sample> samples) {
  /** Steps after which memory is expected to stay as it is. */
  public static final int SETTLED = 1000;

  /**
   * Memory at one time.
   *
   * @param step how many steps were done
   * @param bytes resident
   */
  public record Sample(int step, long bytes) {}

  /**
   * By how much memory grew.
   *
   * @return bytes at the last step less those at step {@value #SETTLED}
   */
  public long growth() {
    return samples.get(samples.size() - 1).bytes() - samples.get(0).bytes();
  }
}
