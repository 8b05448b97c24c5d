package org.largevae.api.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("folder"));
  }

  @AfterEach
  void letJUnitCleanUp() throws IOException {
    allow("rwxr-xr-x");
  }

  @Test
  void replacedFileHasTheNewContentAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("file.txt");
    DurableFiles.replace(file, bytes("old and longer"));
    DurableFiles.replace(file, bytes("new"));

    assertThat(file).hasContent("new");
    assertThat(entries()).containsExactly("file.txt");
  }

  @Test
  void foldersThatAreMissingAreMadeAndDeletedWithAllInThem() throws IOException {
    Path inner = folder.resolve("one/two/three");
    DurableFiles.makeFolder(inner);
    DurableFiles.makeFolder(inner);
    DurableFiles.write(inner.resolve("file.txt"), bytes("text"));
    assertThat(inner.resolve("file.txt")).hasContent("text");

    DurableFiles.deleteFolder(folder.resolve("one"));
    DurableFiles.deleteFolder(folder.resolve("one"));
    assertThat(entries()).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void folderThatMayBeWrittenButNotReadIsWritten() throws IOException {
    Path file = folder.resolve("file.txt");
    allow("-wx------");
    assumeFalse(Files.isReadable(folder), "the superuser may read everything");

    DurableFiles.syncFolder(folder);
    DurableFiles.replace(file, bytes("text"));
    DurableFiles.makeFolder(folder.resolve("one/two"));

    assertThat(file).hasContent("text");
    assertThat(folder.resolve("one/two")).isDirectory();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void folderThatIsMissingCannotBeSynced() {
    assertThatThrownBy(() -> DurableFiles.syncFolder(folder.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
    }
  }

  private void allow(String permissions) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
