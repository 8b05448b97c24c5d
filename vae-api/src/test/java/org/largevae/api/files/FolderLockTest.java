package org.largevae.api.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.config.ConfigurationException;

/** Locks between processes: a second one is this test's own Java with {@link LockAttempt}. */
@Timeout(60)
class FolderLockTest {
  private static final String SELF = "process " + ProcessHandle.current().pid() + " on host ";

  @TempDir Path folder;
  private Process process;

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void anotherProcessIsToldWhoHoldsTheFolder() throws Exception {
    try (FolderLock lock = FolderLock.of(folder, "lock", "")) {
      assertThat(attempt("once")).startsWith(folder + ": is in use by " + SELF);
    }
    assertThat(attempt("once")).isEqualTo("locked");
  }

  /** Closing any channel of a file frees the process' locks on it, where POSIX rules. */
  @Test
  void secondAttemptInThisProcessDoesNotFreeTheFirst() throws Exception {
    try (FolderLock lock = FolderLock.of(folder, "lock", "")) {
      assertThatThrownBy(() -> FolderLock.of(folder, "lock", ""))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("is in use by " + SELF);
      assertThatThrownBy(() -> FolderLock.requireUsable(folder, "lock", ""))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("is in use by " + SELF);
      assertThat(attempt("once")).startsWith(folder + ": is in use by " + SELF);
    }
  }

  @Test
  void lockOfAKilledProcessDoesNotBlock() throws Exception {
    start("hold");
    assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("locked");
    String holder = "is in use by process " + process.pid() + " on host ";
    assertThatThrownBy(() -> FolderLock.requireUsable(folder, "lock", ""))
        .hasMessageContaining(holder);
    assertThatThrownBy(() -> FolderLock.of(folder, "lock", "")).hasMessageContaining(holder);

    process.destroyForcibly().waitFor();

    assertThat(folder.resolve("lock")).content().startsWith("process " + process.pid());
    FolderLock.requireUsable(folder, "lock", "");
    FolderLock.of(folder, "lock", "").close();
  }

  private String attempt(String manner) throws IOException {
    start(manner);
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private void start(String manner) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    process =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                LockAttempt.class.getName(),
                folder.toString(),
                manner)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
  }
}
