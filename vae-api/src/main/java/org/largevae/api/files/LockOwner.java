package org.largevae.api.files;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names the process that holds a folder: a folder may be shared by several computers. */
public final class LockOwner {
  private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private LockOwner() {}

  /**
   * This process.
   *
   * @return for example {@code process 4711 on host atlas}
   */
  static String self() {
    return "process " + ProcessHandle.current().pid() + " on host " + host();
  }

  /**
   * The process that has written its name into a file.
   *
   * @param file the file
   * @return its words
   * @throws IOException if it cannot be read
   */
  static String of(Path file) throws IOException {
    String holder = Files.readString(file).strip();
    return holder.isEmpty() ? "another process" : holder;
  }

  private static String host() {
    try {
      // asking the network for it may take seconds
      return Files.isReadable(LINUX_HOST_NAME)
          ? Files.readString(LINUX_HOST_NAME).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown";
    } catch (IOException unreadable) {
      return "unknown";
    }
  }
}
