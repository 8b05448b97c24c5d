package org.largevae.runner.cli;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.largevae.runner.report.LikelihoodKind;
import org.largevae.runner.sweep.Member;
import org.largevae.runner.sweep.MemberOutcome;
import org.largevae.runner.sweep.MemberProgress;

/** A line for each member's start and end, and for each tenth of its training. */
final class SweepLines implements SweepProgress {
  private static final int PARTS = 10;

  private final PrintStream err;
  private final Map<Member, Integer> told = new HashMap<>();
  private int members;
  private int ended;

  /**
   * Reports to a stream.
   *
   * @param err gets the lines
   */
  SweepLines(PrintStream err) {
    this.err = err;
  }

  @Override
  public void onStart(int members, int finished, int jobs, int threads) {
    this.members = members;
    this.ended = finished;
    err.printf(
        Locale.ROOT,
        "%d member%s%s; %d at a time, %d thread%s each%n",
        members,
        members == 1 ? "" : "s",
        finished == 0 ? "" : ", " + finished + " finished before",
        jobs,
        threads,
        threads == 1 ? "" : "s");
  }

  @Override
  public void onMemberStart(Member member, boolean resumed, long processId) {
    err.printf(
        Locale.ROOT,
        "%s: %s (process %d)%n",
        member.name(),
        resumed ? "resumes from its last checkpoint" : "begins",
        processId);
  }

  @Override
  public void onProgress(List<MemberProgress> running, int ended, List<Member> waiting) {
    for (MemberProgress advance : running) {
      int part = advance.epoch() * PARTS / advance.member().epochs();
      Integer before = told.put(advance.member(), part);
      if (before != null && part > before && part < PARTS) {
        err.println(advance.member().name() + ": " + describe(advance));
      }
    }
  }

  private static String describe(MemberProgress advance) {
    return String.format(
        Locale.ROOT,
        "epoch %d/%d, validation loss %.2f, %s left, best %.2f",
        advance.epoch(),
        advance.member().epochs(),
        advance.validationLoss(),
        Durations.of(advance.secondsLeft()),
        advance.bestValidationLoss());
  }

  @Override
  public void onRetry(Member member, String reason) {
    err.println(member.name() + ": " + reason + "; restarting it");
  }

  @Override
  public void onMemberEnd(MemberOutcome outcome) {
    ended++;
    String what =
        outcome
            .results()
            .map(
                results ->
                    String.format(
                        Locale.ROOT,
                        "-log p(x) %s%.2f nats, %.4f bits/dim, best epoch %d of %d",
                        LikelihoodKind.of(results.test()).mark(),
                        results.test().nll(),
                        results.test().bitsPerDim(),
                        results.bestEpoch(),
                        results.epochs()))
            .orElse("exit code " + outcome.exit() + ", " + outcome.reason());
    err.printf(
        Locale.ROOT,
        "%s: %s, %s [%d/%d]%n",
        outcome.member().name(),
        outcome.state(),
        what,
        ended,
        members);
  }

  @Override
  public void onStopping(int members) {
    err.printf(
        Locale.ROOT,
        "waiting for %d member%s to keep %s%n",
        members,
        members == 1 ? "" : "s",
        members == 1 ? "its checkpoint" : "their checkpoints");
  }

  @Override
  public void close() {}
}
