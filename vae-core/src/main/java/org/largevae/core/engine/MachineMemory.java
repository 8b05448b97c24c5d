package org.largevae.core.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The memory of the machine, or of the container around the process. */
public final class MachineMemory {
  private static final String UNITS = "kMGTPE";
  private static final double THOUSAND = 1000;

  private MachineMemory() {}

  /**
   * All that there is, swap included.
   *
   * @return in bytes
   */
  public static double bytes() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? (double) system.getTotalMemorySize() + system.getTotalSwapSpaceSize()
        : Double.POSITIVE_INFINITY;
  }

  /**
   * A size as people read it.
   *
   * @param bytes any number of bytes
   * @return for example {@code 8.0 TB}
   */
  public static String show(double bytes) {
    double size = bytes;
    int unit = -1;
    while (size >= THOUSAND && unit < UNITS.length() - 1) {
      size /= THOUSAND;
      unit++;
    }
    return unit < 0
        ? String.format(Locale.ROOT, "%.0f bytes", size)
        : String.format(Locale.ROOT, "%.1f %sB", size, UNITS.charAt(unit));
  }
}
