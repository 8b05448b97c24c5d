package org.largevae.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingLeftoversTest {
  private static final Duration LONG_AGO = Duration.ofHours(7);
  private static final Duration JUST_NOW = Duration.ofHours(5);

  @TempDir private Path cache;

  @Test
  void whatNobodyHasWrittenToForHoursIsDeleted() throws IOException {
    Path left = unpacked("tmp123", LONG_AGO);
    Path empty = Files.createDirectory(cache.resolve("tmp18446744073709551615"));
    age(empty, LONG_AGO);

    UnpackingLeftovers.delete(cache);

    assertThat(left).doesNotExist();
    assertThat(empty).doesNotExist();
  }

  @Test
  void whatIsBeingUnpackedStays() throws IOException {
    Path begun = unpacked("tmp123", JUST_NOW);
    Path atWork = unpacked("tmp456", LONG_AGO);
    age(atWork.resolve("libtorch_cpu.so"), JUST_NOW);
    Path entered = unpacked("tmp789", LONG_AGO);
    age(entered, JUST_NOW);

    UnpackingLeftovers.delete(cache);

    assertThat(begun).isNotEmptyDirectory();
    assertThat(atWork).isNotEmptyDirectory();
    assertThat(entered).isNotEmptyDirectory();
  }

  @Test
  void whatIsInUseOrSomebodyElsesStays() throws IOException {
    Path library = unpacked("2.7.1-cpu-linux-x86_64", LONG_AGO);
    Path named = unpacked("tmp-mine", LONG_AGO);
    Path nested = Files.createDirectory(cache.resolve("tmp1"));
    age(Files.createDirectory(nested.resolve("folder")), LONG_AGO);
    age(nested, LONG_AGO);
    Path file = Files.writeString(cache.resolve("tmp2"), "");
    age(file, LONG_AGO);

    UnpackingLeftovers.delete(cache);

    assertThat(library).isNotEmptyDirectory();
    assertThat(named).isNotEmptyDirectory();
    assertThat(nested).isNotEmptyDirectory();
    assertThat(file).exists();
  }

  @Test
  void missingCacheIsNoFault() {
    Path missing = cache.resolve("missing");

    UnpackingLeftovers.delete(missing);

    assertThat(missing).doesNotExist();
  }

  private Path unpacked(String name, Duration age) throws IOException {
    Path folder = Files.createDirectory(cache.resolve(name));
    for (String library : new String[] {"libc10.so", "libtorch_cpu.so"}) {
      age(Files.writeString(folder.resolve(library), "half of it"), age);
    }
    age(folder, age);
    return folder;
  }

  private static void age(Path path, Duration age) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
  }
}
