package org.largevae.datasets;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
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
import org.largevae.datasets.format.CsvTable;
import org.largevae.datasets.format.NumericArray;

/**
 * A table in a CSV file of yours, one example a line. Configured as
 *
 * <pre>
 * dataset { name = csv, file = mnist.csv, leave-out = [label], shape = [28, 28], values = pixels }
 * </pre>
 *
 * <p>{@code file} has to be given. {@code separator} is comma, semicolon, tab or space; {@code
 * header} says whether the first line names the columns, or {@code auto}; {@code leave-out} lists
 * columns that are no part of the data, by name or by number from 1. The other keys are those of
 * {@link ArrayLayout}.
 */
public final class CsvProvider implements DatasetProvider {
  /** The name in a configuration. */
  public static final String NAME = "csv";

  private static final String SEPARATOR = "separator";
  private static final String HEADER = "header";
  private static final String LEAVE_OUT = "leave-out";
  private static final int BUFFER = 1 << 16;

  private enum Separator {
    COMMA(','),
    SEMICOLON(';'),
    TAB('\t'),
    SPACE(' ');

    private final char character;

    Separator(char character) {
      this.character = character;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "a table in a CSV file of yours, one example a line";
  }

  @Override
  public Config defaults() {
    return ConfigFactory.parseString(
        "file = null, separator = comma, header = auto, leave-out = [], "
            + ArrayLayout.TABLE_DEFAULTS,
        ConfigParseOptions.defaults().setOriginDescription("defaults of dataset csv"));
  }

  @Override
  public Dataset load(Settings settings, DataFiles files) {
    ArrayLayout layout = ArrayLayout.ofTable(settings);
    Separator separator = settings.choice(SEPARATOR, Separator.class);
    CsvTable.Header header = settings.choice(HEADER, CsvTable.Header.class);
    Path path = OwnFile.path(settings, files, "CSV");
    MessageDigest digest = Sha256.start();
    NumericArray array;
    try (InputStream content =
        new DigestInputStream(
            new BufferedInputStream(Files.newInputStream(path), BUFFER), digest)) {
      array =
          CsvTable.read(
              content, path.toString(), separator.character, header, settings.texts(LEAVE_OUT));
    } catch (IOException fault) {
      throw new DataException(path + ": cannot be read: " + FailureText.of(fault), fault);
    }
    String written = settings.text(OwnFile.FILE);
    return layout.examples(NAME, array, Map.of(written, Sha256.hex(digest)));
  }
}
