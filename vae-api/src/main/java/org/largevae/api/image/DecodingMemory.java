package org.largevae.api.image;

import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.largevae.api.data.DataException;

/**
 * The memory that images may take while they are decoded, several at a time: half of what Java may
 * have. A small file can declare a large image, and a folder hold thousands of such files.
 */
public final class DecodingMemory {
  private static final int UNIT = 10;
  private static final int MEBIBYTES = 20;

  private final long total;
  private final Semaphore free;

  public DecodingMemory() {
    this(Runtime.getRuntime().maxMemory() / 2);
  }

  /**
   * A given amount of memory.
   *
   * @param bytes how much
   */
  public DecodingMemory(long bytes) {
    total = Math.min(bytes >> UNIT, Integer.MAX_VALUE);
    free = new Semaphore((int) total, true);
  }

  /** Memory that stays reserved until this is closed. */
  public interface Reservation extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Reserves memory, waiting until there is enough.
   *
   * @param bytes how much is needed
   * @param image the image's file, for messages
   * @return the memory, to be closed
   * @throws DataException if there is never enough
   */
  public Reservation reserve(long bytes, String image) {
    long units = (bytes >> UNIT) + 1;
    if (units > total) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: takes %,d MiB to decode and resize, more than the %,d MiB that there are"
                  + " for images; make it smaller, or give Java more memory with -Xmx",
              image,
              bytes >> MEBIBYTES,
              total >> (MEBIBYTES - UNIT)));
    }
    free.acquireUninterruptibly((int) units);
    return () -> free.release((int) units);
  }
}
