package org.largevae.runner.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.files.MessageText;

/** Gathers faults, so that a user sees all of them at once. */
public final class Faults {
  private static final int LONGEST = 1200;
  private static final int HEAD = 800;
  private static final int TAIL = 300;

  private final List<String> messages = new ArrayList<>();

  /** No fault so far. */
  public Faults() {}

  /**
   * Notes a fault.
   *
   * @param message one line for the user; the middle of a very long one is left out
   */
  public void add(String message) {
    String line = MessageText.line(message);
    boolean tooLong = line.length() > LONGEST;
    // the end says where it was written
    messages.add(
        tooLong ? line.substring(0, HEAD) + " ... " + line.substring(line.length() - TAIL) : line);
  }

  /**
   * Reads a value, or notes its fault.
   *
   * @param reader reads it
   * @param otherwise stands in where it is faulty, so that reading can go on
   * @param <T> the value's type
   * @return the value
   */
  public <T> T read(Supplier<T> reader, T otherwise) {
    try {
      return reader.get();
    } catch (ConfigurationException fault) {
      fault.getMessage().lines().forEach(this::add);
      return otherwise;
    }
  }

  /**
   * Throws what was gathered.
   *
   * @throws ConfigurationException if there is a fault; its message has one line for each
   */
  public void throwIfAny() {
    if (!messages.isEmpty()) {
      throw new ConfigurationException(String.join("\n", messages.stream().distinct().toList()));
    }
  }
}
