package org.largevae.datasets;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataFiles;
import org.largevae.api.data.Dataset;
import org.largevae.api.data.DatasetProvider;
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
public final class NumpyProvider implements DatasetProvider {
  /** The name in a configuration. */
  public static final String NAME = "numpy";

  private static final String ARRAY = "array";
  private static final int BUFFER = 1 << 16;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "an array in a NumPy file of yours, .npy or .npz";
  }

  @Override
  public Config defaults() {
    return ConfigFactory.parseString(
        "file = null, array = null, " + ArrayLayout.ARRAY_DEFAULTS,
        ConfigParseOptions.defaults().setOriginDescription("defaults of dataset numpy"));
  }

  @Override
  public Dataset load(Settings settings, DataFiles files) {
    ArrayLayout layout = ArrayLayout.ofArray(settings);
    Path path = OwnFile.path(settings, files, "NumPy");
    MessageDigest digest = Sha256.start();
    NumericArray array;
    try {
      array = isArchive(path) ? archived(path, settings, digest) : single(path, settings, digest);
    } catch (IOException fault) {
      throw new DataException(path + ": cannot be read: " + FailureText.of(fault), fault);
    }
    String written = settings.text(OwnFile.FILE);
    return layout.examples(NAME, array, Map.of(written, Sha256.hex(digest)));
  }

  /** By its content, a zip file's first two bytes. */
  private static boolean isArchive(Path path) throws IOException {
    try (InputStream content = Files.newInputStream(path)) {
      byte[] start = content.readNBytes(2);
      return start.length == 2 && start[0] == 'P' && start[1] == 'K';
    }
  }

  private static NumericArray archived(Path path, Settings settings, MessageDigest digest)
      throws IOException {
    try (InputStream content = new DigestInputStream(Files.newInputStream(path), digest)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    try (NpzFile archive = NpzFile.open(path)) {
      return archive.read(OwnFile.choose(settings, ARRAY, archive.names(), path));
    }
  }

  private static NumericArray single(Path path, Settings settings, MessageDigest digest)
      throws IOException {
    if (settings.has(ARRAY)) {
      throw settings.fault(ARRAY, "is for archives (.npz), but " + path + " holds one array");
    }
    try (InputStream content =
        new DigestInputStream(
            new BufferedInputStream(Files.newInputStream(path), BUFFER), digest)) {
      return NpyFile.read(content, Files.size(path), path.toString());
    }
  }
}
