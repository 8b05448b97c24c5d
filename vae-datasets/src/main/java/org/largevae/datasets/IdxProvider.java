package org.largevae.datasets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.Labels;
import org.largevae.api.dataset.Values;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.Sha256;
import org.largevae.datasets.files.BoundedStream;
import org.largevae.datasets.format.IdxArray;

/**
 * Grey images in an IDX file of yours, N x height x width unsigned bytes, packed with gzip where
 * its name ends in {@code .gz}. Configured as
 *
 * <pre>
 * dataset { name = idx, file = emnist-letters-train-images-idx3-ubyte.gz }
 * </pre>
 *
 * <p>{@code file} has to be given. {@code labels} may name an IDX file of N unsigned bytes, the
 * number of each image's class.
 */
public final class IdxProvider extends DatasetProvider<IdxSettings> {
  /** The name in a configuration. */
  public static final String NAME = "idx";

  private static final int BUFFER = 1 << 16;

  /** Found by {@link java.util.ServiceLoader}. */
  public IdxProvider() {
    super(NAME, "grey images in an IDX file of yours, the format of MNIST", IdxSettings.class);
  }

  @Override
  public Dataset load(IdxSettings settings, DataFiles files) {
    Map<String, String> fingerprints = new HashMap<>();
    Path path = OwnFile.path(settings.file(), files, "IDX");
    IdxArray array = read(path, settings.file(), fingerprints);
    List<Integer> sizes = array.dimensions();
    if (sizes.size() != 3 || sizes.contains(0)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: holds an array of %s; images need number x height x width, each above 0",
              path,
              sizes));
    }
    Optional<Labels> labels =
        settings
            .labels()
            .map(
                written -> {
                  Path place = OwnFile.path("dataset.labels", written, files, "IDX", "");
                  IdxArray classes = read(place, written, fingerprints);
                  return classes.labels(sizes.get(0), place.toString());
                });
    DataShape shape = new DataShape(1, sizes.get(1), sizes.get(2));
    Values values = new Values.Pixels(array.values());
    return new Dataset(NAME, shape, sizes.get(0), values, fingerprints, labels);
  }

  private static IdxArray read(Path path, String written, Map<String, String> fingerprints) {
    MessageDigest digest = Sha256.start();
    try (InputStream file = Files.newInputStream(path);
        InputStream unpacked =
            path.toString().endsWith(".gz")
                ? new GZIPInputStream(file, BUFFER)
                : new BufferedInputStream(file, BUFFER)) {
      InputStream bounded = BoundedStream.withinHeap(unpacked);
      IdxArray array = IdxArray.read(new DigestInputStream(bounded, digest), path.toString());
      fingerprints.put(written, Sha256.hex(digest));
      return array;
    } catch (IOException fault) {
      throw new DataException(path + ": cannot be read: " + FailureText.of(fault), fault);
    }
  }
}
