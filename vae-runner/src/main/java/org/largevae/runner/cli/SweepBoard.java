package org.largevae.runner.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.largevae.runner.sweep.Advance;
import org.largevae.runner.sweep.Member;
import org.largevae.runner.sweep.Outcome;

/**
 * All members at one look, for a terminal: a line on the whole and one for each member at work,
 * drawn over themselves; what is final scrolls away above them.
 */
final class SweepBoard implements SweepProgress {
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_BELOW = "\r\u001b[J";
  private static final int BAR = 20;

  private final PrintStream err;
  private final int columns;
  private final SweepLines lines;
  private int members;
  private int jobs;
  private int drawn;

  /**
   * A board.
   *
   * @param err the terminal
   * @param columns its width
   * @param lines tells of what is final
   */
  SweepBoard(PrintStream err, int columns, SweepLines lines) {
    this.err = err;
    this.columns = columns;
    this.lines = lines;
  }

  @Override
  public void onStart(int members, int finished, int jobs, int threads) {
    this.members = members;
    this.jobs = jobs;
    lines.onStart(members, finished, jobs, threads);
  }

  @Override
  public void onRetry(Member member, String reason) {
    close();
    lines.onRetry(member, reason);
  }

  @Override
  public void onMemberEnd(Outcome outcome) {
    close();
    lines.onMemberEnd(outcome);
  }

  @Override
  public void onStopping(int members) {
    close();
    lines.onStopping(members);
  }

  @Override
  public void onProgress(List<Advance> running, int ended, List<Member> waiting) {
    List<String> rows = new ArrayList<>();
    rows.add(
        String.format(
            Locale.ROOT,
            "%d of %d ended, %d at work, %d to come%s",
            ended,
            members,
            running.size(),
            waiting.size(),
            left(running, waiting)));
    int width = running.stream().mapToInt(a -> a.member().name().length()).max().orElse(0);
    running.forEach(advance -> rows.add(row(advance, Math.min(width, columns / 2))));
    close();
    rows.forEach(row -> err.println(row.length() < columns ? row : row.substring(0, columns - 1)));
    err.flush();
    drawn = rows.size();
  }

  private static String row(Advance advance, int width) {
    String name = advance.member().name();
    String shown = name.length() > width ? name.substring(0, width) : name;
    int done = advance.epoch() * BAR / advance.member().epochs();
    String bar = "[" + "=".repeat(done) + " ".repeat(BAR - done) + "] ";
    return "  " + Columns.pad(shown, width) + bar + state(advance);
  }

  private static String state(Advance advance) {
    if (advance.epoch() == 0) {
      return "first epoch of " + advance.member().epochs();
    }
    return advance.epoch() == advance.member().epochs()
        ? String.format(
            Locale.ROOT, "evaluating; best validation loss %.2f", advance.bestValidationLoss())
        : SweepLines.describe(advance);
  }

  /** Members to come are taken to be as fast as those at work. */
  private String left(List<Advance> running, List<Member> waiting) {
    double pace =
        running.stream()
            .mapToDouble(Advance::secondsPerEpoch)
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN);
    if (Double.isNaN(pace)) {
      return "";
    }
    double own = running.stream().mapToDouble(Advance::secondsLeft).filter(Double::isFinite).sum();
    double others = waiting.stream().mapToDouble(member -> member.epochs() * pace).sum();
    return ", about " + Durations.of((own + others) / jobs) + " left";
  }

  /** Takes the board away. */
  @Override
  public void close() {
    if (drawn > 0) {
      err.printf(Locale.ROOT, UP + CLEAR_BELOW, drawn);
      drawn = 0;
    }
  }
}
