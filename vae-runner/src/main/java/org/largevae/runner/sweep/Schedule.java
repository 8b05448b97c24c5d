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
import org.largevae.core.folder.RunRecords;
import org.largevae.runner.sweep.Outcome.State;
import org.largevae.api.files.OutputException;

/** One pass over a sweep's members: which one runs when, and what becomes of it. */
final class Schedule {
  private static final long TICK_MILLISECONDS = 100;
  private static final int TICKS_PER_PROGRESS = 10;
  private static final long GRACE_NANOSECONDS = 120_000_000_000L;
  private static final int DIVERGED = 4;
  private static final int OUTPUT = 5;
  private static final int INTERRUPTED = 130;
  private static final int SIGNAL = 128;

  private final List<Place> places;
  private final Launcher launcher;
  private final int jobs;
  private final SweepListener listener;
  private final BooleanSupplier cancelled;
  private final Deque<Place> waiting = new ArrayDeque<>();
  private final Map<Place, MemberProcess> running = new LinkedHashMap<>();
  private final Map<Place, Integer> starts = new HashMap<>();
  private final Map<Member, Outcome> outcomes = new HashMap<>();

  Schedule(
      List<Place> places,
      Launcher launcher,
      int jobs,
      SweepListener listener,
      BooleanSupplier cancelled) {
    this.places = places;
    this.launcher = launcher;
    this.jobs = jobs;
    this.listener = listener;
    this.cancelled = cancelled;
  }

  List<Outcome> run() {
    for (Place place : places) {
      if (place.standing() == Place.Standing.FINISHED) {
        outcomes.put(place.member(), Outcome.finished(place));
      } else {
        waiting.add(place);
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
        place -> outcomes.put(place.member(), Outcome.unfinished(place, State.NOT_RUN, 0)));
    running
        .keySet()
        .forEach(
            place ->
                outcomes.put(
                    place.member(), Outcome.unfinished(place, State.INTERRUPTED, INTERRUPTED)));
    return places.stream().map(place -> outcomes.get(place.member())).toList();
  }

  private void startSome() {
    while (running.size() < jobs && !waiting.isEmpty()) {
      Place place = waiting.removeFirst();
      starts.merge(place, 1, Integer::sum);
      try {
        Places.prepare(place);
        boolean resumed = launcher.holdsRun(place);
        MemberProcess process = launcher.start(place);
        running.put(place, process);
        listener.onMemberStart(place.member(), resumed, process.pid());
      } catch (IOException failure) {
        String reason = "cannot be started: " + OutputException.reason(failure);
        end(Outcome.without(place, State.FAILED, 1, reason));
      } catch (OutputException failure) {
        end(Outcome.without(place, State.FAILED, OUTPUT, failure.getMessage()));
      }
    }
  }

  private void collect() {
    for (Place place : List.copyOf(running.keySet())) {
      MemberProcess process = running.get(place);
      if (!process.isAlive()) {
        running.remove(place);
        ended(place, process);
      }
    }
  }

  private void ended(Place place, MemberProcess process) {
    int exit = process.exitCode();
    String message = process.message();
    boolean killed = exit > SIGNAL && exit != INTERRUPTED;
    if (exit == 0 || (exit > SIGNAL && hasResults(place))) {
      end(Outcome.finished(place));
    } else if (killed && starts.get(place) == 1) {
      listener.onRetry(place.member(), "ended by signal " + (exit - SIGNAL));
      waiting.addFirst(place);
    } else if (killed) {
      end(Outcome.without(place, State.KILLED, exit, "ended twice by signal " + (exit - SIGNAL)));
    } else {
      State state =
          exit == DIVERGED
              ? State.DIVERGED
              : exit == INTERRUPTED ? State.INTERRUPTED : State.FAILED;
      // on a full disk its log has no room for what it said
      String code =
          "ended with code " + exit + (exit == OUTPUT ? ", its output is unwritable" : "");
      end(Outcome.without(place, state, exit, message.isEmpty() ? code : message));
    }
  }

  /**
   * Whether a member has come to its end, whatever became of its process after that: results are
   * the last that a run writes, and those of fewer epochs were removed before its start.
   */
  private static boolean hasResults(Place place) {
    try {
      return new RunRecords(place.folder()).results().isPresent();
    } catch (DataException damaged) {
      return false;
    }
  }

  private void end(Outcome outcome) {
    outcomes.put(outcome.member(), outcome);
    listener.onMemberEnd(outcome);
  }

  private void tell() {
    List<Advance> advances = new ArrayList<>();
    for (Place place : running.keySet()) {
      advances.add(Advance.of(place.member(), new RunRecords(place.folder()).epochs()));
    }
    listener.onProgress(advances, outcomes.size(), waiting.stream().map(Place::member).toList());
  }

  /** A member in its evaluation does not stop before its end; its training is on the disk. */
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
    for (Place place : List.copyOf(running.keySet())) {
      MemberProcess process = running.get(place);
      process.awaitEnd(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      if (!process.isAlive()) {
        running.remove(place);
        if (process.exitCode() > SIGNAL && !hasResults(place)) {
          outcomes.put(place.member(), Outcome.unfinished(place, State.INTERRUPTED, INTERRUPTED));
        } else {
          ended(place, process);
        }
      }
    }
  }
}
