package org.largevae.api.dataset;

/** What a provider reads: numbers that are all of one kind, or a table whose columns differ. */
public sealed interface RawData permits Dataset, RawTable {

  /**
   * The dataset's name.
   *
   * @return for messages and results
   */
  String name();
}
