package org.largevae.datasets.duckdb;

import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.RawTable;

/**
 * A table in a Parquet, CSV or JSON file of yours, or what a query makes of it. Configured as
 *
 * <pre>
 * dataset {
 *   name = duckdb, file = claims.parquet
 *   query = "SELECT age, income, city FROM data WHERE year > 2010"
 * }
 * </pre>
 */
public final class DuckDbProvider extends DatasetProvider<DuckDbSettings> {
  /** The name in a configuration. */
  public static final String NAME = "duckdb";

  /** Found by {@link java.util.ServiceLoader}. */
  public DuckDbProvider() {
    super(
        NAME,
        "a table in a Parquet, CSV or JSON file of yours, or a query over it, read by DuckDB",
        DuckDbSettings.class);
  }

  /**
   * Finds the columns; cells are read later.
   *
   * @throws org.largevae.api.data.DataException if the file is none, or a column's type has no
   *     cells
   * @throws org.largevae.api.config.SettingException if the query or another setting is bad
   */
  @Override
  public RawTable load(DuckDbSettings settings, DataFiles files) {
    return DuckDbTable.open(settings, DuckDbFile.of(settings, files));
  }
}
