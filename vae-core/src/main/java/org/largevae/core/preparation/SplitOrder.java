package org.largevae.core.preparation;

/** Which examples go into which part. */
public enum SplitOrder {
  /** Examples are drawn for the parts at random. */
  SHUFFLED,
  /**
   * The dataset's own order: training and then validation from its front, test from its end. What
   * is left over lies before the test examples.
   */
  GIVEN,
  /**
   * Test examples from the end, as published, and what lies before them shuffled: training and
   * validation are drawn from it at random.
   */
  TEST_LAST
}
