package org.largevae.datasets;

import java.nio.file.Path;
import java.util.Map;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.datasets.format.Mat5File;
import org.largevae.datasets.format.NumericArray;

/**
 * A variable in a MATLAB file of yours, of level 5 ({@code save -v6} or {@code -v7}). Frey Faces as
 * they are often handed around, a matrix of 560 x 1965, are
 *
 * <pre>
 * dataset { name = matlab, file = frey_rawface.mat, example-axis = last, shape = [28, 20] }
 * </pre>
 *
 * <p>{@code file} has to be given, {@code variable} where the file holds several. The other keys
 * are those of {@link ArrayLayout}; images that MATLAB flattened itself need {@code pixel-order =
 * columns}.
 */
public final class MatlabProvider extends DatasetProvider<MatlabSettings> {
  /** The name in a configuration. */
  public static final String NAME = "matlab";

  /** Found by {@link java.util.ServiceLoader}. */
  public MatlabProvider() {
    super(NAME, "a variable in a MATLAB file of yours, .mat up to -v7", MatlabSettings.class);
  }

  @Override
  public Dataset load(MatlabSettings settings, DataFiles files) {
    Path path = OwnFile.path(settings.file(), files, "MATLAB");
    Mat5File file = Mat5File.read(path);
    String variable = OwnFile.choose("variable", settings.variable(), file.names(), path);
    NumericArray array = file.read(variable, settings.layout().countsFirst());
    return settings.layout().examples(NAME, array, Map.of(settings.file(), file.fingerprint()));
  }
}
