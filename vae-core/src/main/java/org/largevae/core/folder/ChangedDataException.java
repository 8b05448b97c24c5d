package org.largevae.core.folder;

import org.largevae.api.data.DataException;

/** The data of a run that is opened again are not those that it was begun with. */
public final class ChangedDataException extends DataException {
  private static final long serialVersionUID = 1L;

  /**
   * Other data.
   *
   * @param message which files, with the SHA-256 recorded and found
   */
  ChangedDataException(String message) {
    super(message);
  }
}
