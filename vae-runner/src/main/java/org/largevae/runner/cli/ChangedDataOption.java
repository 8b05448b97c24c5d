package org.largevae.runner.cli;

import picocli.CommandLine.Option;

/** Whether a run is opened although its data are not those that it was begun with. */
final class ChangedDataOption {
  @Option(
      names = "--allow-changed-data",
      description =
          "Go on although the data are not those that the run was begun with: its test examples may"
              + " then be ones that it was trained on. What was recorded of the first data stays.")
  private boolean allowed;

  boolean isAllowed() {
    return allowed;
  }
}
