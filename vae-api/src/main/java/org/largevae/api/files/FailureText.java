package org.largevae.api.files;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words what an {@link IOException} leaves to its class name. */
public final class FailureText {

  private static final int LONGEST = 200;

  private FailureText() {}

  /**
   * Part of a message that may have come out of a file.
   *
   * @param text what a library said; may be null
   * @param otherwise what to say where that is nothing
   * @return the text on one line, of bounded length, without control characters
   */
  public static String shown(String text, String otherwise) {
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    return MessageText.of(text, LONGEST).strip();
  }

  /**
   * What went wrong.
   *
   * @param fault the exception
   * @return a clause without a full stop
   */
  public static String of(IOException fault) {
    if (fault instanceof UnknownHostException) {
      return "unknown host " + fault.getMessage();
    } else if (fault instanceof SocketTimeoutException) {
      return "no answer in time";
    } else if (fault instanceof ConnectException) {
      return "no connection";
    } else if (fault instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    } else if (fault instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    } else if (fault instanceof NotDirectoryException
        || fault instanceof FileAlreadyExistsException) {
      return fault.getMessage() + " is not a folder";
    } else if (fault instanceof EOFException) {
      return "it ends too soon";
    }
    return shown(fault.getMessage(), fault.getClass().getSimpleName());
  }
}
