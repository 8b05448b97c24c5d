package org.largevae.runner.cli;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether standard error is a terminal, which Java itself does not say. */
final class Terminal {
  private static final int USUAL_COLUMNS = 100;
  private static final int LEAST_COLUMNS = 40;

  private Terminal() {}

  /**
   * Whether standard error is a terminal. What {@code bin/vae} found ({@code -Dvae.terminal})
   * counts first, then the system's own table of open files; {@link System#console()} comes last,
   * because it is about standard input and output, and since Java 22 there is one without any
   * terminal.
   *
   * @return true if a bar may be drawn
   */
  static boolean isStandardErrorInteractive() {
    String told = System.getProperty("vae.terminal");
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    Path descriptor = Path.of("/proc/self/fd/2");
    if (Files.isSymbolicLink(descriptor)) {
      try {
        String target = Files.readSymbolicLink(descriptor).toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      } catch (IOException unreadable) {
        return false;
      }
    }
    Console console = System.console();
    return console != null && isTerminal(console);
  }

  /**
   * The terminal's width.
   *
   * @return columns
   */
  static int columns() {
    String told = System.getProperty("vae.columns", String.valueOf(System.getenv("COLUMNS")));
    int columns = told.matches("\\d{1,4}") ? Integer.parseInt(told) : USUAL_COLUMNS;
    return columns < LEAST_COLUMNS ? USUAL_COLUMNS : columns;
  }

  /** {@code Console.isTerminal}, which is there since Java 22; before, a console is a terminal. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException olderJava) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException failure) {
      return false;
    }
  }
}
