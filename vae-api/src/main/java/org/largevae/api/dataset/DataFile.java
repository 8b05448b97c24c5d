package org.largevae.api.dataset;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A published file that a dataset is read from.
 *
 * @param folder the folder it is kept in, below each place that is searched, for example {@code
 *     mnist}
 * @param name the file's name, for example {@code train-images-idx3-ubyte.gz}; a {@linkplain
 *     #isPacked packed} one is also accepted without its ending
 * @param sha256 of the content, uncompressed where the file is {@linkplain #isPacked packed}, in
 *     hexadecimal; empty where it is not known: such a file counts only in its folder, is never
 *     downloaded, and its reader checks what it can
 * @param size of the published file in bytes, where known; for people, it is not checked
 * @param addresses where it is published, in the order to try
 */
public record DataFile(
    String folder, String name, Optional<String> sha256, OptionalLong size, List<URI> addresses) {

  /** Copies the list. */
  public DataFile {
    Objects.requireNonNull(folder, "folder is null");
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(sha256, "sha256 is null");
    Objects.requireNonNull(size, "size is null");
    addresses = List.copyOf(addresses);
  }

  /**
   * A file of known content.
   *
   * @param folder the folder it is kept in
   * @param name the file's name
   * @param sha256 of the content, uncompressed where the file is packed, in hexadecimal
   * @param addresses where it is published, in the order to try
   */
  public DataFile(String folder, String name, String sha256, List<URI> addresses) {
    this(folder, name, Optional.of(sha256), OptionalLong.empty(), addresses);
  }

  /**
   * Whether the file is one packed with gzip, which is unpacked when it is read. An archive, {@code
   * .tar.gz}, is read as it is.
   *
   * @return true for a name that ends in {@code .gz} but not in {@code .tar.gz}
   */
  public boolean isPacked() {
    return name.endsWith(".gz") && !isArchive();
  }

  /**
   * Whether the file is an archive, of which datasets read the files within.
   *
   * @return true for a name that ends in {@code .tar.gz}
   */
  public boolean isArchive() {
    return name.endsWith(".tar.gz");
  }
}
