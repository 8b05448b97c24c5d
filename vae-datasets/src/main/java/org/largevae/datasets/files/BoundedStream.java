package org.largevae.datasets.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * Ends a stream with an error where it gives more than its reader can hold, as a gzip bomb does.
 */
public final class BoundedStream {
  private static final int PARTS_OF_THE_HEAP = 3;
  private static final int MEBIBYTES = 20;

  private BoundedStream() {}

  /**
   * Limits a stream to what fits into Java's memory twice and leaves room for more: whoever gathers
   * bytes of unknown number in an array needs twice the space.
   *
   * @param stream where the bytes come from
   * @return the same bytes
   * @throws IOException if the stream cannot be wrapped
   */
  public static InputStream withinHeap(InputStream stream) throws IOException {
    long limit = Runtime.getRuntime().maxMemory() / PARTS_OF_THE_HEAP;
    return of(
        stream,
        limit,
        String.format(
            Locale.ROOT,
            "it comes to more than %,d MiB, which this program's memory has no room for; if it is"
                + " no mistake, give Java more with -Xmx",
            limit >> MEBIBYTES));
  }

  /**
   * Limits a stream.
   *
   * @param stream where the bytes come from
   * @param limit how many may come
   * @param message of the {@link IOException} at the first one more
   */
  static InputStream of(InputStream stream, long limit, String message) throws IOException {
    return BoundedInputStream.builder()
        .setInputStream(stream)
        // At its maximum the library's stream does not know yet whether another byte would come.
        .setMaxCount(limit + 1)
        .setOnMaxCount(
            (most, count) -> {
              throw new IOException(message);
            })
        .get();
  }
}
