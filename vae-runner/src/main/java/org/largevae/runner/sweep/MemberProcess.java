package org.largevae.runner.sweep;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A member's process, whose output goes into a log. */
final class MemberProcess {
  private static final int LOG_TAIL = 8192;
  private static final String MESSAGE = "vae: ";

  private final Process process;
  private final Path log;
  private final long begin;

  private MemberProcess(Process process, Path log, long begin) {
    this.process = process;
    this.log = log;
    this.begin = begin;
  }

  /**
   * Starts a process.
   *
   * @param command the command
   * @param log gets standard output and standard error, after what it holds
   * @return the process
   * @throws IOException if it cannot be started or the log cannot be written
   */
  static MemberProcess start(List<String> command, Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    long begin = Files.exists(log) ? Files.size(log) : 0;
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new MemberProcess(process, log, begin);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** The exit code; 128 + n for a process that signal n ended. */
  int exitCode() {
    return process.exitValue();
  }

  /**
   * Lets training stop with a checkpoint. A signal would not do: with Ctrl-C the terminal has sent
   * the member one already, and the second ends it at once.
   */
  void askToStop() throws IOException {
    process.getOutputStream().close();
  }

  void kill() {
    process.destroyForcibly();
  }

  boolean awaitEnd(long milliseconds) throws InterruptedException {
    return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
  }

  /**
   * The errors that this process reported.
   *
   * @return on one line; empty if there is none
   */
  String message() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(begin, file.length() - LOG_TAIL);
      byte[] tail = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(MESSAGE))
          .map(line -> line.substring(MESSAGE.length()))
          .collect(Collectors.joining("; "));
    } catch (IOException unreadable) {
      return "its log " + log + " cannot be read: " + unreadable.getMessage();
    }
  }
}
