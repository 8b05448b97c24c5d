package org.largevae.testkit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Shows which tests of a contract were skipped and why, so that nobody takes what was not checked
 * for checked. It goes to the JDK's own logger: that reaches the console of an author's build
 * without a logging library.
 */
final class SkipReport implements TestWatcher, AfterAllCallback {
  /** The name of the logger. */
  static final String LOGGER = "org.largevae.testkit";

  private static final Namespace NAMESPACE = Namespace.create(SkipReport.class);

  /** Made by JUnit. */
  SkipReport() {}

  @Override
  public void testAborted(ExtensionContext test, Throwable reason) {
    add(test, Optional.ofNullable(reason.getMessage()).orElse("no reason is given"));
  }

  @Override
  public void testDisabled(ExtensionContext test, Optional<String> reason) {
    add(test, reason.orElse("no reason is given"));
  }

  private static void add(ExtensionContext test, String reason) {
    String name = test.getDisplayName().replace("()", "");
    String line = name + ": " + reason.replace("Assumption failed: ", "");
    test.getParent().ifPresent(contract -> skipped(contract).add(line));
    test.publishReportEntry("skipped", line);
  }

  @Override
  public void afterAll(ExtensionContext contract) {
    List<String> skipped = skipped(contract);
    if (!skipped.isEmpty()) {
      Logger logger = System.getLogger(LOGGER);
      logger.log(
          Level.INFO,
          "skipped in {0}:\n  {1}",
          contract.getRequiredTestClass().getName(),
          String.join("\n  ", skipped));
    }
  }

  @SuppressWarnings("unchecked") // only this class puts something into its namespace
  private static List<String> skipped(ExtensionContext contract) {
    return contract
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("skipped", key -> new ArrayList<String>(), List.class);
  }
}
