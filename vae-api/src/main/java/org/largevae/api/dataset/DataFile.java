package org.largevae.api.dataset;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * A published file that a dataset is read from.
 *
 * @param folder the folder it is kept in, below each place that is searched, for example {@code
 *     mnist}
 * @param name the file's name, for example {@code train-images-idx3-ubyte.gz}; a name that ends in
 *     {@code .gz} is also accepted without
 * @param sha256 of the content, uncompressed where the name ends in {@code .gz}, in hexadecimal
 * @param addresses where it is published, in the order to try
 */
public record DataFile(String folder, String name, String sha256, List<URI> addresses) {

  /** Copies the list. */
  public DataFile {
    Objects.requireNonNull(folder, "folder is null");
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(sha256, "sha256 is null");
    addresses = List.copyOf(addresses);
  }
}
