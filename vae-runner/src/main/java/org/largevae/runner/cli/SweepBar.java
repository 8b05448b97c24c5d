package org.largevae.runner.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.largevae.runner.sweep.Member;
import org.largevae.runner.sweep.MemberOutcome;
import org.largevae.runner.sweep.MemberProgress;

/** For a terminal: a bar over the epochs of all members, below the lines about each of them. */
final class SweepBar implements SweepProgress {
  private final TerminalLine line;
  private final SweepLines lines;
  private ProgressBar bar;

  /**
   * Draws a bar.
   *
   * @param line the terminal's last line
   * @param lines writes about single members to the same terminal
   */
  SweepBar(TerminalLine line, SweepLines lines) {
    this.line = line;
    this.lines = lines;
  }

  @Override
  public void onStart(int members, int finished, int jobs, int threads) {
    lines.onStart(members, finished, jobs, threads);
  }

  @Override
  public void onMemberStart(Member member, boolean resumed, long processId) {
    line.printAbove(() -> lines.onMemberStart(member, resumed, processId));
  }

  @Override
  public void onProgress(List<MemberProgress> running, int ended, List<Member> waiting) {
    long total =
        running.stream().mapToLong(advance -> advance.member().epochs()).sum()
            + waiting.stream().mapToLong(Member::epochs).sum();
    long left = total - running.stream().mapToLong(MemberProgress::epoch).sum();
    if (bar == null) {
      bar =
          line.bar("sweep")
              .setUnit(" epochs", 1)
              .setInitialMax(total)
              .startsFrom(total - left, Duration.ZERO)
              .continuousUpdate()
              .build();
    }
    bar.stepTo(bar.getMax() - left);
    bar.setExtraMessage(
        String.format(Locale.ROOT, "%d at work, %d to come", running.size(), waiting.size()));
    line.printAbove(() -> lines.onProgress(running, ended, waiting));
    bar.refresh();
  }

  @Override
  public void onRetry(Member member, String reason) {
    line.printAbove(() -> lines.onRetry(member, reason));
  }

  @Override
  public void onMemberEnd(MemberOutcome outcome) {
    line.printAbove(() -> lines.onMemberEnd(outcome));
  }

  @Override
  public void onStopping(int members) {
    line.printAbove(() -> lines.onStopping(members));
  }

  /** Removes the bar; the lines above it say how each member ended. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      line.clear();
    }
  }
}
