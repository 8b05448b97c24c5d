package org.largevae.api.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A run's files cannot be written: the disk is full, say. What was written before is still whole.
 */
public final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean resumable;

  /**
   * A file that could not be written.
   *
   * @param file the file or folder
   * @param failure what the system says
   * @param advice what is kept and what to do, for the user
   */
  public OutputException(Path file, IOException failure, String advice) {
    this(file, failure, advice, false);
  }

  /**
   * A file that could not be written, perhaps of a run that can go on.
   *
   * @param file the file or folder
   * @param failure what the system says
   * @param advice what is kept and what to do, for the user
   * @param resumable whether a run can be resumed once that is done
   */
  public OutputException(Path file, IOException failure, String advice, boolean resumable) {
    super(file + ": cannot be written: " + reason(failure) + "; " + advice, failure);
    this.resumable = resumable;
  }

  /**
   * Whether the file is of a run that can be resumed once it can be written.
   *
   * @return false where there is no run yet
   */
  public boolean isResumable() {
    return resumable;
  }

  /**
   * The reason of a failure in a few words. The message of a file system's exception is the file's
   * name, with the reason behind it at best.
   *
   * @param failure what the system says
   * @return the reason alone
   */
  public static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "its folder is missing";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "it is a file";
    }
    if (failure instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
