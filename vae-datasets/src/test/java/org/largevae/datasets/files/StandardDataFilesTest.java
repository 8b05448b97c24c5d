package org.largevae.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.files.Sha256;

class StandardDataFilesTest {
  private static final PublishedFile FILE =
      PublishedFile.at(URI.create("https://one.example/a"), URI.create("https://two.example/a"));
  private static final DataFile WANTED = FILE.description();

  @TempDir Path root;
  private Path first;
  private Path second;
  private Path cache;

  @BeforeEach
  void makeFolders() throws IOException {
    first = Files.createDirectories(root.resolve("first"));
    second = Files.createDirectories(root.resolve("second"));
    cache = root.resolve("cache");
  }

  @Test
  void looksInTheJarThenTheFoldersThenTheCacheThenDownloads() throws IOException {
    Path jar = jar(FILE.packed());
    Path inFirst = put(first.resolve("things").resolve("numbers.gz"), FILE.packed());
    Path inSecond = put(second.resolve("things").resolve("numbers.gz"), FILE.packed());
    Path inCache = put(cache.resolve("things").resolve("numbers.gz"), FILE.packed());
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      DataFiles files = files(loader, true);
      assertThat(files.locate(WANTED)).contains(jar.toString());
      assertThat(files.read(WANTED)).isEqualTo(FILE.content());
    }
    DataFiles files = offline();
    for (Path next : List.of(inFirst, inSecond, inCache)) {
      assertThat(files.locate(WANTED)).contains(next.toString());
      assertThat(files.read(WANTED)).isEqualTo(FILE.content());
      Files.delete(next);
    }
    assertThat(files.locate(WANTED)).isEmpty();
    assertThat(online().read(WANTED)).isEqualTo(FILE.content());
    assertThat(offline().locate(WANTED)).contains(inCache.toString());
  }

  @Test
  void acceptsTheUnpackedNameAndAFileWithoutItsFolder() throws IOException {
    for (String place : List.of("things/numbers", "numbers.gz", "numbers")) {
      byte[] content = place.endsWith(".gz") ? FILE.packed() : FILE.content();
      Path path = put(second.resolve(place), content);
      assertThat(offline().locate(WANTED)).contains(path.toString());
      assertThat(offline().read(WANTED)).isEqualTo(FILE.content());
      Files.delete(path);
    }
  }

  @Test
  void acceptsAnUnpackedFileThatKeptItsName() throws IOException {
    put(first.resolve("things").resolve("numbers.gz"), FILE.content());
    assertThat(offline().read(WANTED)).isEqualTo(FILE.content());
  }

  @Test
  void otherContentIsAnErrorAndNotDownloadedOver() throws IOException {
    Path path = put(first.resolve("things").resolve("numbers"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> online().read(WANTED))
        .isInstanceOf(DataException.class)
        .hasMessage(
            path
                + ": is not the published things/numbers.gz: the SHA-256 of its content is "
                + Sha256.hex(new byte[] {1, 2, 3})
                + ", expected "
                + WANTED.sha256().orElseThrow()
                + "; replace it by the one at https://one.example/a or https://two.example/a, or"
                + " remove it");
    assertThat(cache).doesNotExist();
  }

  @Test
  void damagedGzipIsAnErrorThatNamesTheFile() throws IOException {
    byte[] truncated = Arrays.copyOf(FILE.packed(), 1000);
    Path path = put(first.resolve("things").resolve("numbers.gz"), truncated);
    assertThatThrownBy(() -> online().read(WANTED))
        .isInstanceOf(DataException.class)
        .hasMessage(path + ": cannot be read, replace it or remove it: it ends too soon");
    byte[] flipped = FILE.packed().clone();
    flipped[flipped.length - 6] ^= 1;
    put(path, flipped);
    assertThatThrownBy(() -> online().read(WANTED))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(path + ": cannot be read, replace it or remove it: ");
  }

  @Test
  void aFileOfAnotherDatasetUnderTheSameNameIsPassedOver() throws IOException {
    Path stranger = put(first.resolve("numbers.gz"), PublishedFile.gzip(new byte[] {7}));
    assertThat(offline().locate(WANTED)).isEmpty();
    assertThatThrownBy(() -> offline().read(WANTED))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("passed over: " + stranger + " (its content has SHA-256 ");
    put(second.resolve("things").resolve("numbers.gz"), FILE.packed());
    assertThat(offline().read(WANTED)).isEqualTo(FILE.content());
  }

  @Test
  void offlineAndMissingSaysWhatToPutWhere() {
    assertThatThrownBy(() -> offline().read(WANTED))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "things/numbers.gz is not on this machine and downloading is switched off: put"
                + " numbers.gz, published at https://one.example/a or https://two.example/a, into "
                + first.resolve("things")
                + " (SHA-256 of its uncompressed content: "
                + WANTED.sha256().orElseThrow()
                + ")");
  }

  @Test
  void whatIsPublishedNowhereIsNotDownloaded() {
    DataFile unpublished = new DataFile("things", "numbers.npy", "ab12", List.of());
    assertThatThrownBy(() -> online().read(unpublished))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "things/numbers.npy is not on this machine and cannot be downloaded: put numbers.npy"
                + " into "
                + first.resolve("things")
                + " (SHA-256 of its content: ab12)");
    assertThat(cache).doesNotExist();
  }

  @Test
  void aFileOfUnknownContentCountsInItsFolderAlone() {
    DataFile unknown = unknown();
    put(first.resolve("numbers.mat"), new byte[] {1});
    assertThat(offline().locate(unknown)).isEmpty();
    Path path = put(second.resolve("things").resolve("numbers.mat"), new byte[] {2});
    assertThat(offline().locate(unknown)).contains(path.toString());
    assertThat(offline().read(unknown)).containsExactly(2);
  }

  @Test
  void aFileOfUnknownContentIsNeverDownloaded() {
    assertThatThrownBy(() -> online().read(unknown()))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "things/numbers.mat is not on this machine and has to be fetched by hand: put"
                + " numbers.mat, published at https://one.example/numbers.mat, (1,234 bytes) into "
                + first.resolve("things"));
    assertThat(cache).doesNotExist();
  }

  private static DataFile unknown() {
    return new DataFile(
        "things",
        "numbers.mat",
        Optional.empty(),
        OptionalLong.of(1234),
        List.of(URI.create("https://one.example/numbers.mat")));
  }

  @Test
  void anArchiveIsReadAsItIs() {
    byte[] packed = FILE.packed();
    DataFile archive = new DataFile("things", "numbers.tar.gz", Sha256.hex(packed), List.of());
    put(first.resolve("things").resolve("numbers.tar.gz"), packed);
    assertThat(offline().read(archive)).isEqualTo(packed);
  }

  @Test
  void aFailedDownloadIsPassedOn() {
    DataFiles files =
        new StandardDataFiles(
            places(false),
            (file, target) -> {
              throw new DataException("no luck with " + target);
            });
    assertThatThrownBy(() -> files.read(WANTED))
        .isInstanceOf(DataException.class)
        .hasMessage("no luck with " + cache.resolve("things").resolve("numbers.gz"));
  }

  @Test
  void resolvesPathsAgainstTheBase() {
    DataFiles files = offline();
    assertThat(files.resolve("pictures/../cats")).isEqualTo(root.resolve("cats"));
    assertThat(files.resolve(second.toString())).isEqualTo(second);
    assertThatThrownBy(() -> files.resolve("a\0b"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is not a path on this system");
  }

  @Test
  void theCacheFollowsTheXdgSpecification() {
    Path home = root.resolve("home");
    assertThat(DataLocations.userCache(name -> null, home))
        .isEqualTo(home.resolve(".cache").resolve("large-vae"));
    assertThat(DataLocations.userCache(name -> "relative", home))
        .isEqualTo(home.resolve(".cache").resolve("large-vae"));
    assertThat(
            DataLocations.userCache(
                name -> name.equals("XDG_CACHE_HOME") ? root.toString() : null, home))
        .isEqualTo(root.resolve("large-vae"));
  }

  private DataFiles offline() {
    return files(ClassLoader.getPlatformClassLoader(), true);
  }

  private DataFiles online() {
    return files(ClassLoader.getPlatformClassLoader(), false);
  }

  private DataFiles files(ClassLoader resources, boolean offline) {
    DataLocations places = places(offline);
    return new StandardDataFiles(
        new DataLocations(resources, places.folders(), cache, root, offline),
        (file, target) -> put(target, FILE.packed()));
  }

  private DataLocations places(boolean offline) {
    return new DataLocations(
        ClassLoader.getPlatformClassLoader(), List.of(first, second), cache, root, offline);
  }

  private Path jar(byte[] content) throws IOException {
    Path jar = root.resolve("embedded.jar");
    try (JarOutputStream stream = new JarOutputStream(Files.newOutputStream(jar))) {
      stream.putNextEntry(new JarEntry("org/largevae/datasets/things/numbers.gz"));
      stream.write(content);
      stream.closeEntry();
    }
    return jar;
  }

  private static Path put(Path path, byte[] content) {
    try {
      Files.createDirectories(path.getParent());
      return Files.write(path, content);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
