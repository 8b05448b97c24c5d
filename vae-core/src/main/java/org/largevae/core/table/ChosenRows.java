package org.largevae.core.table;

/**
 * Some of other rows.
 *
 * @param all the others
 * @param places which of them, in their order here; not copied
 */
public record ChosenRows(StoredRows all, int[] places) implements StoredRows {
  @Override
  public float value(int row, int column) {
    return all.value(places[row], column);
  }

  @Override
  public void copy(int row, float[] target, int offset) {
    all.copy(places[row], target, offset);
  }

  @Override
  public boolean isMapped() {
    return all.isMapped();
  }
}
