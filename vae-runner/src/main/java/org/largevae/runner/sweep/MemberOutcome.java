package org.largevae.runner.sweep;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.largevae.api.data.DataException;
import org.largevae.core.folder.RunRecords;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.Results;

/**
 * How a member ended.
 *
 * @param member the member
 * @param folder its run's folder
 * @param state how it ended
 * @param exit its process' exit code; 0 also for a run that was finished before
 * @param reason why it has no results, for people; empty for one that has
 * @param results what it measured
 */
public record MemberOutcome(
    Member member, Path folder, State state, int exit, String reason, Optional<Results> results) {

  /** How a member ended. */
  public enum State {
    /** It has results. */
    DONE("done"),
    /** A loss or gradient was not finite. */
    DIVERGED("diverged"),
    /** It ended with an error. */
    FAILED("failed"),
    /** A signal ended it, and then its second start too. */
    KILLED("killed"),
    /** The sweep was interrupted while it was at work, or it was asked to stop. */
    INTERRUPTED("interrupted"),
    /** Its turn has not come, or has not ended. */
    NOT_RUN("not finished");

    private final String text;

    State(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** A member whose run has results. */
  static MemberOutcome finished(MemberFolder run) {
    try {
      Optional<Results> results = new RunRecords(run.folder()).results();
      return results.isPresent()
          ? new MemberOutcome(run.member(), run.folder(), State.DONE, 0, "", results)
          : without(run, State.FAILED, 0, "ended well but left no results");
    } catch (DataException damaged) {
      return without(run, State.FAILED, 0, damaged.getMessage());
    }
  }

  /** A member that is not at its end; the reason says how far it is. */
  static MemberOutcome unfinished(MemberFolder run, State state, int exit) {
    String reached;
    try {
      List<EpochMetrics> epochs = new RunRecords(run.folder()).epochs();
      reached =
          epochs.isEmpty()
              ? "not begun"
              : "after epoch "
                  + epochs.get(epochs.size() - 1).epoch()
                  + " of "
                  + run.member().epochs();
    } catch (DataException damaged) {
      reached = damaged.getMessage();
    }
    return without(run, state, exit, reached);
  }

  /** A member without results. */
  static MemberOutcome without(MemberFolder run, State state, int exit, String reason) {
    return new MemberOutcome(run.member(), run.folder(), state, exit, reason, Optional.empty());
  }
}
