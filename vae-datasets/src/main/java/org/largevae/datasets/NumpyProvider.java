package org.largevae.datasets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.Sha256;
import org.largevae.datasets.format.NpyFile;
import org.largevae.datasets.format.NpzFile;
import org.largevae.datasets.format.NumericArray;

/**
 * An array in a NumPy file of yours, {@code .npy}, or in an archive of them, {@code .npz}.
 * Configured as
 *
 * <pre>
 * dataset { name = numpy, file = faces.npz, array = images }
 * </pre>
 *
 * <p>{@code file} has to be given, {@code array} where an archive holds several. Examples lie along
 * the first axis; the keys that say otherwise are those of {@link ArrayLayout}.
 */
public final class NumpyProvider extends DatasetProvider<NumpySettings> {
  /** The name in a configuration. */
  public static final String NAME = "numpy";

  private static final String ARRAY = "array";
  private static final int BUFFER = 1 << 16;

  /** Found by {@link java.util.ServiceLoader}. */
  public NumpyProvider() {
    super(NAME, "an array in a NumPy file of yours, .npy or .npz", NumpySettings.class);
  }

  @Override
  public Dataset load(NumpySettings settings, DataFiles files) {
    Path path = OwnFile.path(settings.file(), files, "NumPy");
    MessageDigest digest = Sha256.start();
    NumericArray array;
    try {
      array = isArchive(path) ? archived(path, settings, digest) : single(path, settings, digest);
    } catch (IOException fault) {
      throw new DataException(path + ": cannot be read: " + FailureText.of(fault), fault);
    }
    return settings.layout().examples(NAME, array, Map.of(settings.file(), Sha256.hex(digest)));
  }

  /** By its content, a zip file's first two bytes. */
  private static boolean isArchive(Path path) throws IOException {
    try (InputStream content = Files.newInputStream(path)) {
      byte[] start = content.readNBytes(2);
      return start.length == 2 && start[0] == 'P' && start[1] == 'K';
    }
  }

  private static NumericArray archived(Path path, NumpySettings settings, MessageDigest digest)
      throws IOException {
    try (InputStream content = new DigestInputStream(Files.newInputStream(path), digest)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    try (NpzFile archive = NpzFile.open(path)) {
      return archive.read(
          OwnFile.choose(ARRAY, settings.array(), archive.names(), path),
          settings.layout().countsFirst());
    }
  }

  private static NumericArray single(Path path, NumpySettings settings, MessageDigest digest)
      throws IOException {
    if (settings.array().isPresent()) {
      throw new SettingException(ARRAY, "is for archives (.npz), but " + path + " holds one array");
    }
    try (InputStream content =
        new DigestInputStream(
            new BufferedInputStream(Files.newInputStream(path), BUFFER), digest)) {
      return NpyFile.read(
          content, Files.size(path), path.toString(), settings.layout().countsFirst());
    }
  }
}
