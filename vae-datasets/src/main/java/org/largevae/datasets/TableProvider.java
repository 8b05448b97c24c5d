package org.largevae.datasets;

import java.nio.file.Path;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.RawTable;

/**
 * A table in a CSV file of yours whose columns are of different kinds and may have gaps. Configured
 * as
 *
 * <pre>
 * dataset {
 *   name = table, file = claims.csv
 *   columns { category = [city], identifier = number, leave-out = [date] }
 * }
 * </pre>
 *
 * <p>What the columns hold is said by {@code columns}, or guessed and said.
 */
public final class TableProvider extends DatasetProvider<TableSettings> {
  /** The name in a configuration. */
  public static final String NAME = "table";

  /** Found by {@link java.util.ServiceLoader}. */
  public TableProvider() {
    super(
        NAME,
        "a table in a CSV file of yours: columns of different kinds, with gaps",
        TableSettings.class);
  }

  @Override
  public RawTable load(TableSettings settings, DataFiles files) {
    Path path = OwnFile.path(settings.file(), files, "CSV");
    return CsvFileTable.open(NAME, settings, path);
  }
}
