package org.largevae.testing.corruption;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;

/** Judges how a reader takes one file. */
final class Verdicts<T> {
  private static final int LONGEST_SENTENCE = 2000;
  private static final int TIMES_LENGTH = 64;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final CorruptFiles.Reader<T> reader;
  private final CorruptFiles.Judge<T> judge;
  private final String name;
  private final long allocation;
  private long lastAllocated;
  private long mostAllocated;

  Verdicts(
      CorruptFiles.Reader<T> reader, CorruptFiles.Judge<T> judge, String name, long allocation) {
    this.reader = reader;
    this.judge = judge;
    this.name = name;
    this.allocation = allocation;
  }

  /** The most that one file made its thread allocate, in bytes. */
  long mostAllocated() {
    return mostAllocated;
  }

  /** A good file has to be read. */
  void requireRead(byte[] content) {
    try {
      judge.judge(content, reader.read(content));
    } catch (Exception refused) {
      throw new AssertionError("a good file is refused: " + refused, refused);
    }
  }

  /**
   * Reads a file. One that takes too much memory is read again, since classes that are loaded for
   * the first time take some too.
   *
   * @return whether it gave data
   * @throws AssertionError if it gave wrong data, an error that helps nobody, or took too much
   */
  boolean isRead(byte[] content) {
    long allowed = allocation + (long) TIMES_LENGTH * content.length;
    boolean read = isJudgedRight(content);
    if (lastAllocated > allowed) {
      read = isJudgedRight(content);
    }
    mostAllocated = Math.max(mostAllocated, lastAllocated);
    if (lastAllocated > allowed) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "%,d bytes make it allocate %,d, more than %,d: it trusts a size that the file only"
                  + " declares",
              content.length,
              lastAllocated,
              allowed));
    }
    return read;
  }

  private boolean isJudgedRight(byte[] content) {
    T data;
    try {
      data = measured(content);
    } catch (DataException | ConfigurationException refusal) {
      requireReadable(refusal.getMessage(), content);
      return false;
    } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError other) {
      throw new AssertionError(
          "gives "
              + other
              + " where a user is owed a DataException or ConfigurationException that says what to"
              + " do",
          other);
    }
    judge.judge(content, data);
    return true;
  }

  private T measured(byte[] content) throws Exception {
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      return reader.read(content);
    } finally {
      lastAllocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
  }

  private void requireReadable(String message, byte[] content) {
    boolean quotesNull = new String(content, StandardCharsets.ISO_8859_1).contains("null");
    if (message == null || message.isBlank() || message.endsWith("null") && !quotesNull) {
      throw new AssertionError("the error says nothing: " + message);
    }
    if (!message.contains(name)) {
      throw new AssertionError("the error does not name the file " + name + ": " + message);
    }
    for (String line : message.split("\n", -1)) {
      if (line.length() > LONGEST_SENTENCE) {
        throw new AssertionError("the error is longer than anybody reads: " + line);
      }
      if (line.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
        throw new AssertionError("the error holds control characters: " + line);
      }
    }
  }
}
