package org.largevae.examples.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImputationErrorsTest {
  @TempDir private Path folder;

  private List<NamedCsvRecord> table(String text) throws IOException {
    return HiddenCells.rows(Files.writeString(folder.resolve("table.csv"), text));
  }

  @Test
  void errorsAreOfHiddenCellsAndInUnitsOfTheRange() throws IOException {
    HiddenCells cells =
        new HiddenCells(
            table("x,city\n0,Oslo\n4,Oslo\n10,Bergen\n6,Oslo\n"),
            table("x,city\n0,Oslo\n4,Oslo\n,\n,\n"));

    ImputationErrors errors =
        ImputationErrors.of(cells, table("x,city\n0,Oslo\n4,Oslo\n9,Bergen\n6,Bergen\n"));

    ImputationErrors.ColumnError x = errors.numbers().get("x");
    // the mean 2 is 8 and 4 away, of a range of 10; the table 1 and 0
    assertThat(x.simple()).isCloseTo(Math.sqrt(40) / 10, within(1e-12));
    assertThat(x.model()).isCloseTo(Math.sqrt(0.5) / 10, within(1e-12));
    assertThat(errors.mean()).isEqualTo(x);
    assertThat(errors.words().get("city")).isEqualTo(new ImputationErrors.ColumnError(0.5, 0.5));
  }

  @Test
  void theTablesHaveTheSameRows() throws IOException {
    List<NamedCsvRecord> two = table("x\n1\n2\n");

    assertThatThrownBy(() -> new HiddenCells(two, two.subList(0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 rows, the other 1");
  }
}
