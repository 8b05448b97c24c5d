package org.largevae.runner.sweep;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The folder in which a member is run, and how far the member is.
 *
 * @param member the member
 * @param folder its run's folder
 * @param stage how far it is
 * @param recordedName the name that its run has; the member's for a new one
 * @param recordedThreads the threads that its run has used; 0 for a new one
 */
record MemberFolder(
    Member member, Path folder, Stage stage, String recordedName, int recordedThreads) {

  /** How far a member is. */
  enum Stage {
    /** There is no run. */
    NEW,
    /** There is a run without results, or one of fewer epochs. */
    HALF_FINISHED,
    /** There is a run with results. */
    FINISHED
  }

  MemberFolder {
    Objects.requireNonNull(member, "member is null");
    Objects.requireNonNull(folder, "folder is null");
    Objects.requireNonNull(stage, "stage is null");
  }
}
