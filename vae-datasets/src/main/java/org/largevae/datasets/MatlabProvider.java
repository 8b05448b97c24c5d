package org.largevae.datasets;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Path;
import java.util.Map;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataFiles;
import org.largevae.api.data.Dataset;
import org.largevae.api.data.DatasetProvider;
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
public final class MatlabProvider implements DatasetProvider {
  /** The name in a configuration. */
  public static final String NAME = "matlab";

  private static final String VARIABLE = "variable";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "a variable in a MATLAB file of yours, .mat up to -v7";
  }

  @Override
  public Config defaults() {
    return ConfigFactory.parseString(
        "file = null, variable = null, " + ArrayLayout.ARRAY_DEFAULTS,
        ConfigParseOptions.defaults().setOriginDescription("defaults of dataset matlab"));
  }

  @Override
  public Dataset load(Settings settings, DataFiles files) {
    ArrayLayout layout = ArrayLayout.ofArray(settings);
    Path path = OwnFile.path(settings, files, "MATLAB");
    Mat5File file = Mat5File.read(path);
    NumericArray array = file.read(OwnFile.choose(settings, VARIABLE, file.names(), path));
    String written = settings.text(OwnFile.FILE);
    return layout.examples(NAME, array, Map.of(written, file.fingerprint()));
  }
}
