package org.largevae.datasets.duckdb;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.config.HoconText;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.testkit.DatasetContract;

class DuckDbContractTest extends DatasetContract {
  @TempDir Path folder;

  @BeforeEach
  void write() {
    Tables.parquet(
        "SELECT * FROM (VALUES (1, 2.5::DOUBLE, 'a', true), (2, 'nan', NULL, false), (NULL, NULL, ' b ', NULL))"
            + " t(i, d, s, b)",
        folder.resolve("t.parquet"));
  }

  @Override
  protected DatasetProvider<?> provider() {
    return new DuckDbProvider();
  }

  @Override
  protected String configuration() {
    return "file = " + HoconText.of(folder.resolve("t.parquet").toString());
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of(
        "query = \"COPY data TO 'x.csv'\"",
        "query = \"SELECT nothing FROM data\"",
        "format = excel",
        "memory-limit = 1");
  }
}
