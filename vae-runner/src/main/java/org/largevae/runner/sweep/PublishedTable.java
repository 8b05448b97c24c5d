package org.largevae.runner.sweep;

import java.util.List;
import java.util.Map;

/**
 * A published table that a sweep is compared with: {@code printed} in a sweep's file.
 *
 * @param title where it is from
 * @param note what a reader should know of it; may be empty
 * @param measure what its figures are
 * @param versus the axis whose values compete within a row, for example {@code model.prior.type}
 * @param figures its figures
 */
public record PublishedTable(
    String title, String note, Measure measure, String versus, List<PublishedFigure> figures) {

  /** Copies the figures. */
  public PublishedTable {
    figures = List.copyOf(figures);
  }

  /**
   * A figure.
   *
   * @param labels the label on every axis but the seed's, by the axis' key
   * @param value the figure
   */
  public record PublishedFigure(Map<String, String> labels, double value) {

    /** Copies the labels. */
    public PublishedFigure {
      labels = Map.copyOf(labels);
    }
  }
}
