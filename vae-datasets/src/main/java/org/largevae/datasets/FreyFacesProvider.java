package org.largevae.datasets;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.largevae.api.component.NoSettings;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.Values;
import org.largevae.datasets.format.NpyFile;
import org.largevae.datasets.format.NumericArray;

/**
 * Frey Faces: 1965 frames of a video of one man's face, 28 x 20 grey pixels. Configured as {@code
 * dataset { name = freyfaces }}; it has no keys of its own.
 *
 * <p>The file holds the bytes of the published pickle as a NumPy array; nobody publishes it in this
 * form, so it is not downloaded.
 *
 * <p>B. Frey and S. Roweis; used in S. Roweis, L. Saul and G. Hinton, "Global coordination of local
 * linear models", NIPS 2001.
 */
public final class FreyFacesProvider extends DatasetProvider<NoSettings> {
  /** The name in a configuration. */
  public static final String NAME = "freyfaces";

  private static final DataShape SHAPE = new DataShape(1, 28, 20);

  private static final DataFile FILE =
      new DataFile(
          "freyfaces",
          "freyfaces.npy",
          "2177ea074dc1d5ce35294c687dfce79ced65db6d7b745d95a2e1757fcfbe41c0",
          List.of());

  /** Found by {@link java.util.ServiceLoader}. */
  public FreyFacesProvider() {
    super(NAME, "Frey Faces, 1965 frames of a face of 28 x 20 pixels", NoSettings.class);
  }

  @Override
  public List<DataFile> files() {
    return List.of(FILE);
  }

  @Override
  public Dataset load(NoSettings settings, DataFiles files) {
    NumericArray faces = NpyFile.read(files.read(FILE), FILE.name());
    List<Integer> sizes = faces.sizes();
    if (sizes.size() != 3
        || sizes.get(1) != SHAPE.height()
        || sizes.get(2) != SHAPE.width()
        || faces.firstFastest()
        || !(faces.values() instanceof Values.Pixels)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: holds an array of %s, not images of %s, row by row, of unsigned bytes",
              FILE.name(),
              sizes,
              SHAPE));
    }
    Map<String, String> fingerprints = Map.of(FILE.name(), FILE.sha256().orElseThrow());
    return new Dataset(NAME, SHAPE, sizes.get(0), faces.values(), fingerprints);
  }
}
