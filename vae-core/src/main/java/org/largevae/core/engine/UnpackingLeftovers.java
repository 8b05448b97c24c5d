package org.largevae.core.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What DJL leaves in its cache when it is killed while it unpacks PyTorch, at the very first use: a
 * folder {@code tmp...} with up to half a gigabyte of libraries, under a new name each time.
 */
final class UnpackingLeftovers {
  private static final Logger LOGGER = LoggerFactory.getLogger(UnpackingLeftovers.class);

  /** The prefix that DJL gives and the number that Java adds to it. */
  private static final Pattern NAME = Pattern.compile("tmp\\d+");

  /** Unpacking takes a minute at most and writes all the time, unless the computer sleeps. */
  private static final Duration UNTOUCHED = Duration.ofHours(6);

  private UnpackingLeftovers() {}

  /**
   * Deletes what nobody has written to for hours. What another process unpacks at this moment
   * stays. A folder that cannot be deleted stays too: it is in nobody's way.
   *
   * @param cache DJL's folder for PyTorch, which may be missing
   */
  static void delete(Path cache) {
    if (!Files.isDirectory(cache)) {
      return;
    }
    Instant limit = Instant.now().minus(UNTOUCHED);
    try {
      for (Path folder : entries(cache)) {
        if (NAME.matcher(folder.getFileName().toString()).matches()
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          deleteUntouched(folder, limit);
        }
      }
    } catch (IOException failure) {
      LOGGER.debug("leftovers in {} are not deleted: {}", cache, "" + failure);
    }
  }

  private static void deleteUntouched(Path folder, Instant limit) throws IOException {
    List<Path> files = entries(folder);
    for (Path file : files) {
      // DJL unpacks no folders: what holds one is not its own
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || isYounger(file, limit)) {
        return;
      }
    }
    if (isYounger(folder, limit)) {
      return;
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(folder);
    LOGGER.info("deleted {}, left by a process that was killed", folder);
  }

  private static boolean isYounger(Path path, Instant limit) throws IOException {
    return Files.getLastModifiedTime(path).toInstant().isAfter(limit);
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
