package org.largevae.datasets.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.files.Sha256;

/**
 * The uncompressed content of a published file and its SHA-256.
 *
 * @param bytes the content
 * @param sha256 in lower-case hexadecimal
 */
record Content(byte[] bytes, String sha256) {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  /** Reads to the end and closes the stream; unpacks gzip where the file is published as that. */
  static Content read(InputStream stream, DataFile file) throws IOException {
    try (InputStream unpacked = unpack(stream, file)) {
      byte[] bytes = BoundedStream.withinHeap(unpacked).readAllBytes();
      return new Content(bytes, Sha256.hex(bytes));
    }
  }

  /** Whether this is what the file should hold, as far as that is known. */
  boolean is(DataFile file) {
    return file.sha256().map(sha256::equalsIgnoreCase).orElse(true);
  }

  /** The content decides, not the name: browsers like to unpack a file and keep its name. */
  private static InputStream unpack(InputStream stream, DataFile file) throws IOException {
    if (!file.isPacked()) {
      return stream;
    }
    BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER);
    buffered.mark(2);
    boolean packed = buffered.read() == GZIP_FIRST && buffered.read() == GZIP_SECOND;
    buffered.reset();
    return packed ? new GZIPInputStream(buffered, BUFFER) : buffered;
  }
}
