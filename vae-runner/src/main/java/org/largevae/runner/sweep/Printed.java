package org.largevae.runner.sweep;

import java.util.List;
import java.util.Map;

/**
 * A published table that a sweep is held against.
 *
 * @param title where it is from
 * @param note what a reader should know of it; may be empty
 * @param measure what its figures are
 * @param versus the axis whose values compete within a row, for example {@code model.prior.type}
 * @param cells its figures
 */
public record Printed(String title, String note, Measure measure, String versus, List<Cell> cells) {

  /** Copies the cells. */
  public Printed {
    cells = List.copyOf(cells);
  }

  /**
   * A figure.
   *
   * @param at the label on every axis but the seed's, by the axis' key
   * @param value the figure
   */
  public record Cell(Map<String, String> at, double value) {

    /** Copies the labels. */
    public Cell {
      at = Map.copyOf(at);
    }
  }
}
