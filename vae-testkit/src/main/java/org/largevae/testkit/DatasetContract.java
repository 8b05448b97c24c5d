package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.Labels;
import org.largevae.api.dataset.RawData;
import org.largevae.api.dataset.RawTable;
import org.largevae.api.dataset.Values;

/**
 * What holds for every dataset, be it an array or a table. A dataset of published files overrides
 * {@link #files()} to give them from test resources; one that reads a user's file names it in
 * {@link #configuration()}.
 *
 * <pre>{@code
 * class SpiralsContractTest extends DatasetContract {
 *   @Override
 *   protected DatasetProvider<?> provider() {
 *     return new SpiralsProvider();
 *   }
 * }
 * }</pre>
 */
public abstract class DatasetContract extends ProviderContract<DatasetProvider<?>> {
  private static final String SHA_256 = "[0-9a-f]{64}";

  /** For the test class of a dataset. */
  protected DatasetContract() {}

  /**
   * Where published files are found.
   *
   * @return by default nothing is; paths that a user wrote count from the working directory
   */
  protected DataFiles files() {
    return new NoFiles();
  }

  @Override
  final Class<?> service() {
    return DatasetProvider.class;
  }

  @Override
  final String section() {
    return "dataset";
  }

  @Override
  final Object make(DatasetProvider<?> provider, Settings settings) {
    return load(provider, settings, files());
  }

  private static <S extends Record> RawData load(
      DatasetProvider<S> provider, Settings settings, DataFiles files) {
    return provider.load(provider.settings().read(settings), files);
  }

  private RawData load() {
    DatasetProvider<?> provider = provider();
    return load(provider, settings(provider), files());
  }

  private Dataset loadArray() {
    RawData data = load();
    assumeTrue(data instanceof Dataset, "the provider gives a table");
    return (Dataset) data;
  }

  @Test
  final void valuesAreFinite() {
    if (loaded().values() instanceof Values.Reals reals) {
      for (int i = 0; i < reals.length(); i++) {
        float value = reals.floats()[i];
        assertThat(Float.isFinite(value))
            .withFailMessage(
                "value %d is %s: leave out or replace what is not a number, or throw a DataException"
                    + " that says where it stands",
                i, value)
            .isTrue();
      }
    }
  }

  @Test
  final void loadingTwiceGivesTheSame() {
    checkRepeatable();
  }

  private void checkRepeatable() {
    Dataset first = loaded();
    Dataset second = loadArray();

    assertThat(
            second.shape().equals(first.shape())
                && sameValues(first.values(), second.values())
                && sameLabels(first, second)
                && second.fingerprints().equals(first.fingerprints()))
        .withFailMessage(
            "loading twice gives other values, shapes, labels or fingerprints: results could not be"
                + " repeated, nor a run resumed; seed what is generated with a number of your own")
        .isTrue();
  }

  @Test
  final void datasetsShareNoValues() {
    Preconditions.require("loadingTwiceGivesTheSame", this::checkRepeatable);
    Values first = loadArray().values();
    Values second = loadArray().values();
    Values copy = copy(second);
    overwrite(first);

    assertThat(sameValues(second, copy))
        .withFailMessage(
            "changing the values of one loaded dataset changes another's: give each its own array")
        .isTrue();
  }

  private TableChecks table() {
    requireAccepted();
    RawData data = load();
    assumeTrue(data instanceof RawTable, "the provider gives no table");
    return new TableChecks((RawTable) data);
  }

  @Test
  final void columnsAreNamedApart() {
    table().columnsAreNamedApart();
  }

  @Test
  final void cellsAgreeWithThemselves() {
    table().cellsAgreeWithThemselves();
  }

  @Test
  final void readingTwiceGivesTheSame() {
    checkReadTwice();
  }

  private void checkReadTwice() {
    table().readingTwiceGivesTheSame((RawTable) load());
  }

  @Test
  final void readersAreIndependent() {
    requireRepeatableRows();
    table().readersAreIndependent();
  }

  @Test
  final void closingEarlyIsFine() {
    requireRepeatableRows();
    table().closingEarlyIsFine();
  }

  private void requireRepeatableRows() {
    Preconditions.require("cellsAgreeWithThemselves", this::cellsAgreeWithThemselves);
    Preconditions.require("readingTwiceGivesTheSame", this::checkReadTwice);
  }

  @Test
  final void fingerprintsTellWhichFilesWereRead() {
    requireAccepted();
    Map<String, String> fingerprints =
        load() instanceof RawTable table
            ? new TableChecks(table).fingerprints()
            : loaded().fingerprints();
    for (DataFile file : provider().files()) {
      boolean recorded =
          file.isArchive()
              ? !fingerprints.isEmpty()
              : file.sha256()
                  .map(fingerprints::containsValue)
                  .orElse(fingerprints.containsKey(file.name()));
      assertThat(recorded)
          .withFailMessage(
              "fingerprints %s lack the SHA-256 of %s, which files() lists: they are the record of"
                  + " what a result was made from",
              fingerprints, file.name())
          .isTrue();
    }
    fingerprints.forEach(
        (name, fingerprint) ->
            assertThat(fingerprint)
                .withFailMessage(
                    "the fingerprint of %s is \"%s\": it must be a SHA-256 of 64 lower-case"
                        + " hexadecimal digits",
                    name, fingerprint)
                .matches(SHA_256));
  }

  @Test
  final void publishedFilesAreDescribedInFull() {
    List<DataFile> published = provider().files();
    assumeFalse(published.isEmpty(), "the dataset has no published files");
    Set<String> names = new HashSet<>();
    for (DataFile file : published) {
      assertThat(names.add(file.folder() + "/" + file.name()))
          .withFailMessage("files() lists %s twice", file.name())
          .isTrue();
      String sum = file.sha256().orElse("0".repeat(64));
      assertThat(sum)
          .withFailMessage(
              "the sha256 of %s is \"%s\": it must be 64 lower-case hexadecimal digits, or none",
              file.name(), sum)
          .matches(SHA_256);
      assertThat(file.addresses().stream().allMatch(a -> a.isAbsolute() && a.getHost() != null))
          .withFailMessage("an address of %s is not absolute: %s", file.name(), file.addresses())
          .isTrue();
    }
  }

  @Test
  final void missingFilesAreDataExceptions() {
    DatasetProvider<?> provider = provider();
    assumeFalse(provider.files().isEmpty(), "the dataset has no published files");
    requireAccepted();
    load();
    try {
      load(provider, settings(provider), new NoFiles());
    } catch (DataException expected) {
      return;
    } catch (RuntimeException other) {
      throw new AssertionError(
          "a missing file gives " + other + ": let the DataException of files.read through", other);
    }
    fail(
        "loading without its files succeeds: read them with files.read, which checks their SHA-256");
  }

  private Dataset loaded() {
    requireAccepted();
    return loadArray();
  }

  private static boolean sameValues(Values one, Values two) {
    if (one instanceof Values.Pixels a && two instanceof Values.Pixels b) {
      return Arrays.equals(a.bytes(), b.bytes());
    }
    return one instanceof Values.Reals a
        && two instanceof Values.Reals b
        && Arrays.equals(a.floats(), b.floats());
  }

  private static boolean sameLabels(Dataset one, Dataset two) {
    return one.labels().map(Labels::names).equals(two.labels().map(Labels::names))
        && Arrays.equals(
            one.labels().map(Labels::indices).orElse(null),
            two.labels().map(Labels::indices).orElse(null));
  }

  private static Values copy(Values values) {
    return values instanceof Values.Pixels pixels
        ? new Values.Pixels(pixels.bytes().clone())
        : new Values.Reals(((Values.Reals) values).floats().clone());
  }

  private static void overwrite(Values values) {
    if (values instanceof Values.Pixels pixels) {
      for (int i = 0; i < pixels.length(); i++) {
        pixels.bytes()[i]++;
      }
    } else if (values instanceof Values.Reals reals) {
      Arrays.fill(reals.floats(), Float.MAX_VALUE);
    }
  }

  private static final class NoFiles implements DataFiles {
    @Override
    public byte[] read(DataFile file) {
      throw new DataException(
          file.name() + " is not to be had in a test: override files() to give it");
    }

    @Override
    public Optional<String> locate(DataFile file) {
      return Optional.empty();
    }

    @Override
    public Path resolve(String path) {
      return Path.of(path).toAbsolutePath();
    }
  }
}
