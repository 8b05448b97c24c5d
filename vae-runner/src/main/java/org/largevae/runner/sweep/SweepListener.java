package org.largevae.runner.sweep;

import java.util.List;

/** Receives the progress of a sweep, on the sweep's thread. */
public interface SweepListener {

  /**
   * The sweep starts.
   *
   * @param members how many there are
   * @param finished how many of them have results already
   * @param jobs how many run at a time
   * @param threads how many threads each has
   */
  default void onStart(int members, int finished, int jobs, int threads) {}

  /**
   * A member starts.
   *
   * @param member the member
   * @param resumed whether it resumes from a checkpoint
   * @param processId of its process
   */
  default void onMemberStart(Member member, boolean resumed, long processId) {}

  /**
   * About every second.
   *
   * @param running the progress of the running members
   * @param ended how many have ended, with results or without
   * @param waiting those that have not started
   */
  default void onProgress(List<MemberProgress> running, int ended, List<Member> waiting) {}

  /**
   * A member was killed and is restarted.
   *
   * @param member the member
   * @param reason how it ended
   */
  default void onRetry(Member member, String reason) {}

  /**
   * A member has ended.
   *
   * @param outcome how
   */
  default void onMemberEnd(MemberOutcome outcome) {}

  /**
   * The sweep was asked to stop and waits for its members.
   *
   * @param members how many are running
   */
  default void onStopping(int members) {}
}
