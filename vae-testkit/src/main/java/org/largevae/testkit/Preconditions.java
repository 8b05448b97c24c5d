package org.largevae.testkit;

import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;

/** Skips tests whose ground another test found broken, so that one fault is one failure. */
final class Preconditions {

  private Preconditions() {}

  /**
   * Runs what another test checks.
   *
   * @param test the other test's name
   * @param check throws where the other test fails
   * @throws TestAbortedException if it does
   */
  static void require(String test, Runnable check) {
    try {
      check.run();
    } catch (TestAbortedException earlier) {
      throw earlier;
    } catch (AssertionError | RuntimeException failure) {
      Assumptions.abort("not checked: " + test + " fails; mend that first");
    }
  }
}
