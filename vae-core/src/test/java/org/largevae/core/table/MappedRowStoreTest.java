package org.largevae.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.config.SettingException;
import org.largevae.api.files.OutputException;

class MappedRowStoreTest {
  private static final int DIMENSIONS = 3;
  private static final long GIB = 1L << 30;

  @TempDir private Path folder;

  private StoredRows stored(int rows, int mapBytes) {
    try (RowStore store = new MappedRowStore(folder, rows, DIMENSIONS, mapBytes)) {
      for (int row = 0; row < rows; row++) {
        store.add(new float[] {row, Float.NaN, -row - 0.5f});
      }
      return store.finish();
    }
  }

  /** Rows of 12 bytes in maps of 100: eight rows to a map, and the last map is not full. */
  @Test
  void rowsLieInSeveralMaps() {
    StoredRows rows = stored(21, 100);

    float[] target = new float[DIMENSIONS + 1];
    for (int row = 0; row < 21; row++) {
      rows.copy(row, target, 1);
      assertThat(target).containsExactly(0, row, Float.NaN, -row - 0.5f);
      assertThat(rows.value(row, 0)).isEqualTo(row);
      assertThat(rows.value(row, 1)).isNaN();
      assertThat(rows.value(row, 2)).isEqualTo(-row - 0.5f);
    }
    assertThat(rows.isMapped()).isTrue();
  }

  /** More than the buffer of a mebibyte that the rows are written through. */
  @Test
  void manyRowsAreAllWritten() {
    StoredRows rows = stored(200_000, MappedRowStore.MAP_BYTES);
    for (int row = 0; row < 200_000; row++) {
      assertThat(rows.value(row, 2)).isEqualTo(-row - 0.5f);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theFileHasNoNameWhileItIsWrittenAndRead() {
    try (RowStore store = new MappedRowStore(folder, 2, DIMENSIONS, 1000)) {
      assertThat(folder).isEmptyDirectory();
      store.add(new float[] {1, 2, 3});
      store.add(new float[] {4, 5, 6});
      StoredRows rows = store.finish();
      assertThat(folder).isEmptyDirectory();
      assertThat(rows.value(1, 2)).isEqualTo(6);
    }
  }

  @Test
  void aDiskWithoutRoomIsToldBeforeAnythingIsRead() {
    assertThatThrownBy(
            () -> new MappedRowStore(folder, Integer.MAX_VALUE, 1 << 20, MappedRowStore.MAP_BYTES))
        .isInstanceOf(OutputException.class)
        .hasMessageStartingWith(
            folder + ": cannot be written: the table's values take 9.0 PB, but ")
        .hasMessageEndingWith(
            " are free; a table larger than memory is kept in a temporary file; free space there,"
                + " or name another folder with VAE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsMissingIsTold() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> new MappedRowStore(missing, 1, DIMENSIONS, 1000))
        .isInstanceOf(OutputException.class)
        .hasMessageStartingWith(missing + ": cannot be written: its folder is missing; ");
  }

  @Test
  void valuesOfMoreThanAQuarterOfJavasMemoryGoToAFile() {
    assertThat(Mapping.AUTO.applies(GIB / 16, GIB)).isFalse();
    assertThat(Mapping.AUTO.applies(GIB / 16 + 1, GIB)).isTrue();
    assertThat(Mapping.TRUE.applies(1, GIB)).isTrue();
    assertThat(Mapping.FALSE.applies(GIB / 4, GIB)).isFalse();
    assertThat(Mapping.AUTO.applies(Integer.MAX_VALUE, 1L << 50))
        .as("more than an array can hold")
        .isTrue();
  }

  @Test
  void valuesThatCannotBeInMemoryAreRefusedThere() {
    assertThatThrownBy(() -> Mapping.FALSE.applies(GIB / 2, GIB))
        .isInstanceOfSatisfying(
            SettingException.class,
            refusal -> {
              assertThat(refusal.key()).isEqualTo("mapped");
              assertThat(refusal.rule())
                  .isEqualTo(
                      "keeps all values in memory, but they take 2.1 GB and Java has 1.1"
                          + " GB; set dataset.mapped = auto");
            });
    assertThatThrownBy(() -> Mapping.FALSE.applies(Integer.MAX_VALUE, 1L << 50))
        .hasMessageContaining("a Java array holds at most 8.6 GB");
  }
}
