package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs a contract's tests on a component, as an author would. */
final class ContractRun {
  /** Held, so that what is set on it stays. */
  private static final Logger LOGGER = Logger.getLogger(SkipReport.LOGGER);

  private final Events events;

  private ContractRun(Class<?> contract) {
    // the console would fill with what is skipped for broken components
    LOGGER.setUseParentHandlers(false);
    this.events =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(contract))
            .execute()
            .testEvents();
  }

  static ContractRun of(Class<?> contract) {
    return new ContractRun(contract);
  }

  /** Runs a contract's tests and gives what is logged. */
  static List<String> logged(Class<?> contract) {
    List<String> messages = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            messages.add(new SimpleFormatter().formatMessage(message));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    LOGGER.addHandler(handler);
    try {
      of(contract);
    } finally {
      LOGGER.removeHandler(handler);
    }
    return messages;
  }

  /** Fails unless all tests passed but those that were skipped on purpose. */
  void passes(int atLeast) {
    assertThat(failures()).isEmpty();
    assertThat(events.succeeded().count()).isGreaterThanOrEqualTo(atLeast);
    // an opt-out is skipped, a fault elsewhere is not
    assertThat(skips().values()).noneMatch(reason -> reason.contains("not checked"));
  }

  /** Fails unless one test failed, with a message that holds all parts. */
  void failsOnly(String test, String... messageParts) {
    Map<String, String> failures = failures();
    assertThat(failures).containsOnlyKeys(test);
    assertThat(failures.get(test)).contains(messageParts);
  }

  /** Fails unless a test failed, perhaps among others, with a message that holds all parts. */
  void failsAlso(String test, String... messageParts) {
    assertThat(failures()).containsKey(test);
    assertThat(failures().get(test)).contains(messageParts);
  }

  /** Fails if other tests failed than these. */
  void failsNothingBut(Collection<String> tests) {
    assertThat(tests).containsAll(failures().keySet());
  }

  /** The reasons of skipped tests by the tests' names. */
  Map<String, String> skips() {
    return messages(events.aborted());
  }

  private Map<String, String> failures() {
    return messages(events.failed());
  }

  private static Map<String, String> messages(Events ended) {
    Map<String, String> messages = new TreeMap<>();
    for (Event event : ended.list()) {
      String message =
          event
              .getPayload(TestExecutionResult.class)
              .flatMap(TestExecutionResult::getThrowable)
              .map(Throwable::toString)
              .orElse("");
      messages.put(event.getTestDescriptor().getDisplayName().replace("()", ""), message);
    }
    return messages;
  }
}
