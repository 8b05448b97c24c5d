package org.largevae.runner.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * The last line of a terminal, on which a bar is drawn. Given a width, the library does not ask
 * JLine to take over the terminal; and as it ends the line itself only if it had time to draw
 * twice, ending the line is left to the caller.
 */
final class TerminalLine extends ConsoleProgressBarConsumer {
  private static final int REDRAW_MILLISECONDS = 250;

  private final PrintStream err;

  TerminalLine(PrintStream err, int columns) {
    // in the last column some terminals would begin another line
    super(err, columns - 1);
    this.err = err;
  }

  /**
   * A bar on this line.
   *
   * @param name what it shows the progress of
   * @return to be completed
   */
  ProgressBarBuilder bar(String name) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLISECONDS)
        .setConsumer(this);
  }

  @Override
  public synchronized void accept(String text) {
    super.accept(text);
  }

  /**
   * Prints lines that stay; the bar is drawn again below them.
   *
   * @param lines prints them, each with its end
   */
  synchronized void printAbove(Runnable lines) {
    clear();
    lines.run();
  }

  @Override
  public synchronized void clear() {
    err.print("\r" + " ".repeat(getMaxRenderedLength()) + "\r");
    err.flush();
  }

  @Override
  public void close() {}
}
