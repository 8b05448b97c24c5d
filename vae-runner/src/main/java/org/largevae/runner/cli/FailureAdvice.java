package org.largevae.runner.cli;

import org.largevae.api.files.FolderException;
import org.largevae.api.files.OutputException;
import org.largevae.core.evaluation.NotFiniteException;
import org.largevae.core.folder.ChangedDataException;
import org.largevae.core.training.DivergedException;
import org.largevae.core.training.TrainingInterruptedException;

/** Words what exceptions of the library know for someone who can change the command line. */
final class FailureAdvice {

  private FailureAdvice() {}

  /**
   * What to tell a user.
   *
   * @param failure what happened
   * @return its message, and what the command offers to do; null without a message
   */
  static String message(Throwable failure) {
    if (failure instanceof DivergedException diverged) {
      return diverged.getMessage() + kept(diverged) + cause(diverged.isAtOnce());
    }
    if (failure instanceof FolderException folder) {
      return folder.fact() + "; " + otherFolder(folder.reason());
    }
    String message = MemoryShortage.of(failure).orElse(failure.getMessage());
    return message == null ? null : message + option(failure);
  }

  private static String option(Throwable failure) {
    if (failure instanceof ChangedDataException) {
      return "; --allow-changed-data goes on with them";
    }
    if (failure instanceof NotFiniteException) {
      return "; the weights stay as they are; look at that example's values, or train anew with a"
          + " smaller training.optimizer.learning-rate";
    }
    boolean resumable =
        failure instanceof TrainingInterruptedException interrupted
            ? interrupted.isCheckpointKept()
            : failure instanceof OutputException output && output.isResumable();
    return resumable ? "; --resume goes on" : "";
  }

  private static String kept(DivergedException diverged) {
    return switch (diverged.kept()) {
      case LAST_GOOD_WEIGHTS -> "; the last good weights were kept" + best(diverged.bestEpoch());
      case EARLIER_CHECKPOINT ->
          "; the weights were not saved, an earlier checkpoint is" + best(diverged.bestEpoch());
      case NOTHING -> "; nothing was kept, since there was no checkpoint yet";
    };
  }

  private static String best(int epoch) {
    return epoch == 0
        ? ", but no epoch was finished, so there is nothing to evaluate"
        : ", and those of epoch " + epoch + ", the best, which vae evaluate and the others use";
  }

  private static String cause(boolean atOnce) {
    return atOnce
        ? "; look at the scale of the data: values of size 1 train best, so standardise the columns"
        : "; try a smaller training.optimizer.learning-rate in a new run, --resume would diverge again";
  }

  private static String otherFolder(FolderException.Reason reason) {
    return switch (reason) {
      case IN_USE -> "wait for it or name another with --output";
      case UNUSABLE, HOLDS_OTHER_FILES -> "name another with --output";
      case HOLDS_RUN -> "name another with --output, or go on with --resume";
    };
  }
}
