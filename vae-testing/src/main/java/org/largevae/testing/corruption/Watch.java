package org.largevae.testing.corruption;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Works through inputs in a thread of a small stack and notices one that takes too long. */
final class Watch {
  private static final long STACK_BYTES = 512 << 10;
  private static final long GLANCE_MILLISECONDS = 50;

  private final Duration limit;
  private volatile int current;
  private volatile long since;
  private volatile long longest;

  Watch(Duration limit) {
    this.limit = limit;
  }

  /** The longest that one input took. */
  Duration longest() {
    return Duration.ofNanos(longest);
  }

  /**
   * Works through all inputs.
   *
   * @param inputs how many
   * @param work takes an input's number
   * @param late says what took too long
   * @throws AssertionError if one takes longer than the limit, or as the work throws
   */
  void run(int inputs, IntConsumer work, IntFunction<String> late) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    since = System.nanoTime();
    Runnable all =
        () -> {
          for (int i = 0; i < inputs; i++) {
            current = i;
            since = System.nanoTime();
            work.accept(i);
            longest = Math.max(longest, System.nanoTime() - since);
          }
        };
    Thread worker = new Thread(null, all, "corrupt-files", STACK_BYTES);
    worker.setDaemon(true);
    worker.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
    worker.start();
    try {
      while (worker.isAlive()) {
        worker.join(GLANCE_MILLISECONDS);
        if (worker.isAlive() && System.nanoTime() - since > limit.toNanos()) {
          AssertionError hang = new AssertionError(late.apply(current));
          hang.setStackTrace(worker.getStackTrace());
          throw hang;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
    if (failure.get() != null) {
      throw failure.get() instanceof AssertionError told
          ? told
          : new AssertionError("the check itself fails", failure.get());
    }
  }
}
