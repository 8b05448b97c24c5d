package org.largevae.datasets.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.files.Sha256;

/** A file made up for the tests. */
record PublishedFile(byte[] content, byte[] packed, DataFile description) {
  static final String NAME = "numbers.gz";

  /** Random content, which does not shrink, published at the given addresses. */
  static PublishedFile at(URI... addresses) {
    byte[] content = new byte[300_000];
    new Random(5).nextBytes(content);
    String sha256 = Sha256.hex(content);
    return new PublishedFile(
        content, gzip(content), new DataFile("things", NAME, sha256, List.of(addresses)));
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }
}
