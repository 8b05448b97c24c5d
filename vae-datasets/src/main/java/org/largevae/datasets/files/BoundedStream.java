package org.largevae.datasets.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Ends with an error where a stream gives more than its reader can hold, as a gzip bomb does. */
public final class BoundedStream extends FilterInputStream {
  private static final int PARTS_OF_THE_HEAP = 3;
  private static final int MEBIBYTES = 20;

  private final long limit;
  private long left;

  /**
   * A stream with a limit.
   *
   * @param stream where the bytes come from
   * @param limit how many may come
   */
  BoundedStream(InputStream stream, long limit) {
    super(stream);
    this.limit = limit;
    this.left = limit;
  }

  /**
   * Limits a stream to what fits into Java's memory twice and leaves room for more: whoever gathers
   * bytes of unknown number in an array needs twice the space.
   *
   * @param stream where the bytes come from
   * @return the same bytes
   */
  public static BoundedStream withinHeap(InputStream stream) {
    return new BoundedStream(stream, Runtime.getRuntime().maxMemory() / PARTS_OF_THE_HEAP);
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = in.read(target, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = in.skip(bytes);
    count(skipped);
    return skipped;
  }

  /** Counting would have to go back with the position. */
  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "it comes to more than %,d MiB, which this program's memory has no room for; if it"
                  + " is no mistake, give Java more with -Xmx",
              limit >> MEBIBYTES));
    }
  }
}
