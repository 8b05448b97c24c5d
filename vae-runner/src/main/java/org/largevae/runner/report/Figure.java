package org.largevae.runner.report;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A figure in a file.
 *
 * @param file the PNG
 * @param kind what it shows
 * @param title a few words
 * @param caption what it shows and what to look for, one paragraph of plain text
 */
public record Figure(Path file, FigureKind kind, String title, String caption) {

  /** What a figure shows: charts may be recoloured for a dark page, pictures may not. */
  public enum FigureKind {
    /** Curves or bars on a white ground. */
    CHART,
    /** Examples of the data's shape, on a transparent ground. */
    PICTURES
  }

  /** Checks that nothing is missing. */
  public Figure {
    Objects.requireNonNull(file, "file is null");
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(title, "title is null");
    Objects.requireNonNull(caption, "caption is null");
  }

  /**
   * The file's name without its folder.
   *
   * @return for example {@code loss.png}
   */
  public String fileName() {
    return String.valueOf(file.getFileName());
  }
}
