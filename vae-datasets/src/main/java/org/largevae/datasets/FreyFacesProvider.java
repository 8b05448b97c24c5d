package org.largevae.datasets;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataFile;
import org.largevae.api.data.DataFiles;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Dataset;
import org.largevae.api.data.DatasetProvider;
import org.largevae.api.data.Values;
import org.largevae.datasets.format.NumpyPickle;

/**
 * Frey Faces: 1965 frames of a video of one man's face, 28 x 20 grey pixels. Configured as {@code
 * dataset { name = freyfaces }}; it has no keys of its own.
 *
 * <p>B. Frey and S. Roweis; used in S. Roweis, L. Saul and G. Hinton, "Global coordination of local
 * linear models", NIPS 2001.
 */
public final class FreyFacesProvider implements DatasetProvider {
  /** The name in a configuration. */
  public static final String NAME = "freyfaces";

  private static final DataShape SHAPE = new DataShape(1, 28, 20);

  private static final DataFile FILE =
      new DataFile(
          "freyfaces",
          "freyfaces.pkl",
          "3b69410c6a5fd6e03f09012905168be3712373a094a776f7e58fcd0670d2138a",
          List.of(
              URI.create(
                  "https://github.com/y0ast/Variational-Autoencoder/raw/master/freyfaces.pkl")));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Frey Faces, 1965 frames of a face of 28 x 20 pixels";
  }

  @Override
  public List<DataFile> files() {
    return List.of(FILE);
  }

  @Override
  public Dataset load(Settings settings, DataFiles files) {
    NumpyPickle.ByteArray2d faces = NumpyPickle.read(files.read(FILE), FILE.name());
    if (faces.columns() != SHAPE.dimensions()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: holds rows of %d values, not images of %s",
              FILE.name(),
              faces.columns(),
              SHAPE));
    }
    Map<String, String> fingerprints = Map.of(FILE.name(), FILE.sha256());
    Values values = new Values.Pixels(faces.values());
    return new Dataset(NAME, SHAPE, faces.rows(), values, fingerprints);
  }
}
