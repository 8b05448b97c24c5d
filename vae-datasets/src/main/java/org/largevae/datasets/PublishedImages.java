package org.largevae.datasets;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.Labels;
import org.largevae.api.dataset.Values;
import org.largevae.datasets.format.IdxArray;

/**
 * A dataset laid out as MNIST is: IDX files of N x 28 x 28 unsigned bytes.
 *
 * @param name the dataset's name
 * @param files in the order their images come, test images last
 * @param labels the files of their labels, in the same order; never downloaded
 */
record PublishedImages(String name, List<DataFile> files, List<DataFile> labels) {
  private static final DataShape SHAPE = new DataShape(1, 28, 28);

  PublishedImages {
    files = List.copyOf(files);
    labels = List.copyOf(labels);
  }

  /** Describes one of MNIST's files, published below each of the addresses. */
  static DataFile file(String folder, String name, String sha256, String... addresses) {
    List<URI> whole = Stream.of(addresses).map(address -> URI.create(address + name)).toList();
    return new DataFile(folder, name, sha256, whole);
  }

  Dataset load(DataFiles source) {
    List<byte[]> parts = files.stream().map(file -> images(source.read(file), file)).toList();
    Map<String, String> fingerprints = new LinkedHashMap<>();
    files.forEach(file -> fingerprints.put(file.name(), file.sha256().orElseThrow()));
    byte[] pixels = join(parts);
    int size = pixels.length / SHAPE.dimensions();
    return new Dataset(
        name, SHAPE, size, new Values.Pixels(pixels), fingerprints, labels(source, size));
  }

  /** Where all files of labels are at hand. */
  private Optional<Labels> labels(DataFiles source, int size) {
    if (labels.stream().anyMatch(file -> source.locate(file).isEmpty())) {
      return Optional.empty();
    }
    byte[] all =
        join(
            labels.stream()
                .map(file -> IdxArray.read(source.read(file), file.name()).values())
                .toList());
    return Optional.of(new IdxArray(List.of(all.length), all).labels(size, name));
  }

  private static byte[] images(byte[] content, DataFile file) {
    IdxArray array = IdxArray.read(content, file.name());
    List<Integer> sizes = array.dimensions();
    if (sizes.size() != 3 || sizes.get(1) != SHAPE.height() || sizes.get(2) != SHAPE.width()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: holds an array of %s, not images of %s",
              file.name(),
              sizes,
              SHAPE));
    }
    return array.values();
  }

  private static byte[] join(List<byte[]> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    byte[] whole = new byte[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }
}
