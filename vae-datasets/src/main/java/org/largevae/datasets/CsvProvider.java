package org.largevae.datasets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
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
 * <p>{@code file} has to be given. {@code separator} is comma, semicolon, tab, space or whitespace;
 * {@code header} says whether the first line names the columns, or {@code auto}; {@code comment} is
 * the character that lines to be passed over begin with; {@code decimal} is point or comma; {@code
 * leave-out} lists columns that are no part of the data, by name or by number from 1. The other
 * keys are those of {@link ArrayLayout}.
 */
public final class CsvProvider extends DatasetProvider<CsvSettings> {
  /** The name in a configuration. */
  public static final String NAME = "csv";

  private static final int BUFFER = 1 << 16;

  /** Found by {@link java.util.ServiceLoader}. */
  public CsvProvider() {
    super(NAME, "a table in a CSV file of yours, one example a line", CsvSettings.class);
  }

  @Override
  public Dataset load(CsvSettings settings, DataFiles files) {
    Path path = OwnFile.path(settings.file(), files, "CSV");
    MessageDigest digest = Sha256.start();
    NumericArray array;
    try (InputStream content =
        new DigestInputStream(
            new BufferedInputStream(Files.newInputStream(path), BUFFER), digest)) {
      array =
          CsvTable.read(
              content,
              path.toString(),
              settings.format(),
              settings.leaveOut(),
              settings.layout().isTableOfReals());
    } catch (IOException fault) {
      throw new DataException(path + ": cannot be read: " + FailureText.of(fault), fault);
    }
    return settings.layout().examples(NAME, array, Map.of(settings.file(), Sha256.hex(digest)));
  }
}
