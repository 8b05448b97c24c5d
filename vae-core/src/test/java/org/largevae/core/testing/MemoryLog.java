package org.largevae.core.testing;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What a process holds at moments of a long run, each taken after a garbage collection. Needs Linux
 * with the GNU C library 2.33 or newer.
 */
public final class MemoryLog implements AutoCloseable {
  private static final double MEBIBYTE = 1 << 20;

  /**
   * One moment.
   *
   * @param done how much of the work was done, in its own unit
   * @param resident bytes of the process in memory, as the system counts them
   * @param allocated bytes that native code holds of the C library, PyTorch's tensors among them
   * @param heap bytes of live Java objects
   * @param arrays the engine's arrays that nobody has closed
   */
  public record Sample(long done, long resident, long allocated, long heap, int arrays) {}

  /** The structure mallinfo2 of malloc.h. */
  @FieldOrder({
    "arena",
    "ordblks",
    "smblks",
    "hblks",
    "hblkhd",
    "usmblks",
    "fsmblks",
    "uordblks",
    "fordblks",
    "keepcost"
  })
  public static class MallocInfo extends Structure implements Structure.ByValue {
    public long arena;
    public long ordblks;
    public long smblks;
    public long hblks;
    public long hblkhd;
    public long usmblks;
    public long fsmblks;
    public long uordblks;
    public long fordblks;
    public long keepcost;
  }

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final List<Sample> samples = new ArrayList<>();

  /** Whether this system can tell all that a sample holds. */
  public static boolean isAvailable() {
    try {
      return allocated() > 0;
    } catch (UnsatisfiedLinkError missing) {
      return false;
    }
  }

  /** Takes a sample. */
  public void sample(long done) {
    System.gc();
    // the first one may leave what was being finished while it ran
    System.gc();
    samples.add(
        new Sample(
            done,
            resident(),
            allocated(),
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
            manager.getParentManager().getManagedArrays().size()));
  }

  /** The samples so far. */
  public List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** The samples after the first quarter, in which caches fill and code is compiled. */
  public List<Sample> settled() {
    return List.copyOf(samples.subList(samples.size() / 4, samples.size()));
  }

  /**
   * How much a measure grew from the second quarter of the run to the last, in MiB: the difference
   * of their medians.
   */
  public double growth(ToLongFunction<Sample> measure) {
    return between(part -> median(part, measure));
  }

  /**
   * The same of the least that was measured in each quarter. Java's compilers hold some 15 MiB of
   * native memory for seconds, which may be most of a quarter; what leaks is there all the time.
   */
  public double growthOfLeast(ToLongFunction<Sample> measure) {
    return between(part -> part.stream().mapToLong(measure).min().orElseThrow());
  }

  /** From the second quarter to the last, in MiB. */
  private double between(ToDoubleFunction<List<Sample>> measure) {
    int quarter = samples.size() / 4;
    double before = measure.applyAsDouble(samples.subList(quarter, 2 * quarter));
    double after = measure.applyAsDouble(samples.subList(samples.size() - quarter, samples.size()));
    return (after - before) / MEBIBYTE;
  }

  /** Writes the samples as CSV, with the growth of each measure in the last line. */
  public void write(Path file) {
    StringBuilder text =
        new StringBuilder("done,resident_mib,allocated_mib,heap_mib,live_arrays\n");
    for (Sample sample : samples) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%.2f,%.3f,%.3f,%d%n",
              sample.done(),
              sample.resident() / MEBIBYTE,
              sample.allocated() / MEBIBYTE,
              sample.heap() / MEBIBYTE,
              sample.arrays()));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "growth,%.2f,%.3f,%.3f,%d%n",
            growth(Sample::resident),
            growth(Sample::allocated),
            growth(Sample::heap),
            samples.get(samples.size() - 1).arrays() - settled().get(0).arrays()));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    manager.close();
  }

  private static double median(List<Sample> part, ToLongFunction<Sample> measure) {
    long[] sorted = part.stream().mapToLong(measure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : (sorted[middle - 1] + (double) sorted[middle]) / 2;
  }

  private static long resident() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The used bytes of all arenas and of the blocks mapped one by one. */
  private static long allocated() {
    MallocInfo info =
        (MallocInfo)
            NativeLibrary.getInstance("c")
                .getFunction("mallinfo2")
                .invoke(MallocInfo.class, new Object[0]);
    return info.uordblks + info.hblkhd;
  }
}
