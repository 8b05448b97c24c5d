package org.largevae.runner.sweep;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.largevae.api.data.DataException;
import org.largevae.api.files.OutputException;
import org.largevae.core.folder.RunRecords;
import org.largevae.runner.sweep.MemberOutcome.State;

/** One pass over a sweep's members: when each one runs, and how it ends. */
final class Schedule {
  private static final long TICK_MILLISECONDS = 100;
  private static final int TICKS_PER_PROGRESS = 10;
  private static final long GRACE_NANOSECONDS = 120_000_000_000L;
  private static final int DIVERGED = 4;
  private static final int OUTPUT = 5;
  private static final int INTERRUPTED = 130;
  private static final int SIGNAL = 128;

  private final List<MemberFolder> runs;
  private final Launcher launcher;
  private final int jobs;
  private final SweepListener listener;
  private final BooleanSupplier cancelled;
  private final Deque<MemberFolder> waiting = new ArrayDeque<>();
  private final Map<MemberFolder, MemberProcess> running = new LinkedHashMap<>();
  private final Map<MemberFolder, Integer> starts = new HashMap<>();
  private final Map<Member, MemberOutcome> outcomes = new HashMap<>();

  Schedule(
      List<MemberFolder> runs,
      Launcher launcher,
      int jobs,
      SweepListener listener,
      BooleanSupplier cancelled) {
    this.runs = runs;
    this.launcher = launcher;
    this.jobs = jobs;
    this.listener = listener;
    this.cancelled = cancelled;
  }

  List<MemberOutcome> run() {
    for (MemberFolder run : runs) {
      if (run.stage() == MemberFolder.Stage.FINISHED) {
        outcomes.put(run.member(), MemberOutcome.finished(run));
      } else {
        waiting.add(run);
      }
    }
    try {
      long tick = 0;
      while (!cancelled.getAsBoolean() && !(waiting.isEmpty() && running.isEmpty())) {
        startSome();
        collect();
        if (tick++ % TICKS_PER_PROGRESS == 0) {
          tell();
        }
        Thread.sleep(TICK_MILLISECONDS);
      }
      if (cancelled.getAsBoolean()) {
        stop();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      running.values().forEach(MemberProcess::kill);
    }
    waiting.forEach(
        run -> outcomes.put(run.member(), MemberOutcome.unfinished(run, State.NOT_RUN, 0)));
    running
        .keySet()
        .forEach(
            run ->
                outcomes.put(
                    run.member(), MemberOutcome.unfinished(run, State.INTERRUPTED, INTERRUPTED)));
    return runs.stream().map(run -> outcomes.get(run.member())).toList();
  }

  private void startSome() {
    while (running.size() < jobs && !waiting.isEmpty()) {
      MemberFolder run = waiting.removeFirst();
      starts.merge(run, 1, Integer::sum);
      try {
        MemberFolders.prepare(run);
        boolean resumed = launcher.holdsRun(run);
        MemberProcess process = launcher.start(run);
        running.put(run, process);
        listener.onMemberStart(run.member(), resumed, process.pid());
      } catch (IOException failure) {
        String reason = "cannot be started: " + OutputException.reason(failure);
        end(MemberOutcome.without(run, State.FAILED, 1, reason));
      } catch (OutputException failure) {
        end(MemberOutcome.without(run, State.FAILED, OUTPUT, failure.getMessage()));
      }
    }
  }

  private void collect() {
    for (MemberFolder run : List.copyOf(running.keySet())) {
      MemberProcess process = running.get(run);
      if (!process.isAlive()) {
        running.remove(run);
        ended(run, process);
      }
    }
  }

  private void ended(MemberFolder run, MemberProcess process) {
    int exit = process.exitCode();
    String message = process.message();
    boolean killed = exit > SIGNAL && exit != INTERRUPTED;
    if (exit == 0 || (exit > SIGNAL && hasResults(run))) {
      end(MemberOutcome.finished(run));
    } else if (killed && starts.get(run) == 1) {
      listener.onRetry(run.member(), "ended by signal " + (exit - SIGNAL));
      waiting.addFirst(run);
    } else if (killed) {
      end(
          MemberOutcome.without(
              run, State.KILLED, exit, "ended twice by signal " + (exit - SIGNAL)));
    } else {
      State state =
          exit == DIVERGED
              ? State.DIVERGED
              : exit == INTERRUPTED ? State.INTERRUPTED : State.FAILED;
      // on a full disk its log has no room for what it said
      String code =
          "ended with code " + exit + (exit == OUTPUT ? ", its output is unwritable" : "");
      end(MemberOutcome.without(run, state, exit, message.isEmpty() ? code : message));
    }
  }

  /**
   * Whether a member has come to its end, whatever became of its process after that: results are
   * the last that a run writes, and those of fewer epochs were removed before its start.
   */
  private static boolean hasResults(MemberFolder run) {
    try {
      return new RunRecords(run.folder()).results().isPresent();
    } catch (DataException damaged) {
      return false;
    }
  }

  private void end(MemberOutcome outcome) {
    outcomes.put(outcome.member(), outcome);
    listener.onMemberEnd(outcome);
  }

  private void tell() {
    List<MemberProgress> advances = new ArrayList<>();
    for (MemberFolder run : running.keySet()) {
      advances.add(MemberProgress.of(run.member(), new RunRecords(run.folder()).epochs()));
    }
    listener.onProgress(
        advances, outcomes.size(), waiting.stream().map(MemberFolder::member).toList());
  }

  /** A member that is being evaluated does not stop early; its training is saved. */
  private void stop() throws InterruptedException {
    listener.onStopping(running.size());
    for (MemberProcess process : running.values()) {
      try {
        process.askToStop();
      } catch (IOException alreadyGone) {
        process.kill();
      }
    }
    long deadline = System.nanoTime() + GRACE_NANOSECONDS;
    for (MemberFolder run : List.copyOf(running.keySet())) {
      MemberProcess process = running.get(run);
      process.awaitEnd(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      if (!process.isAlive()) {
        running.remove(run);
        if (process.exitCode() > SIGNAL && !hasResults(run)) {
          outcomes.put(run.member(), MemberOutcome.unfinished(run, State.INTERRUPTED, INTERRUPTED));
        } else {
          ended(run, process);
        }
      }
    }
  }
}
