package org.largevae.testkit;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.component.NoSettings;
import org.largevae.api.config.Setting;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.Values;

class DatasetContractTest {
  private static final String SHA_256 = "0123456789abcdef".repeat(4);
  private static final DataFile FILE =
      new DataFile(
          "texts", "text.txt", SHA_256, List.of(URI.create("https://example.org/text.txt")));

  @Test
  void aGoodGeneratedDatasetPasses() {
    ContractRun.of(Good.class).passes(8);
  }

  @Test
  void aGoodDatasetOfAFilePasses() {
    ContractRun.of(GoodFile.class).passes(9);
  }

  @Test
  void aFileOfUnknownContentIsRecordedUnderItsName() {
    ContractRun.of(UnknownHash.class).passes(9);
  }

  @Test
  void anArchiveIsRecordedByTheFilesWithin() {
    ContractRun.of(Archive.class).passes(9);
  }

  /** Runs the contract on a generated dataset, perhaps broken in one place. */
  static class Good extends DatasetContract {
    @Override
    protected boolean isRegistered() {
      return false;
    }

    /** The examples' values. */
    float[] values() {
      return new float[] {1, 2, 3, 4};
    }

    record Step(@Setting(value = "1", above = 0, meaning = "between values") double step) {}

    @Override
    protected final DatasetProvider<?> provider() {
      return new DatasetProvider<>("ramp", "For tests", Step.class) {
        @Override
        public Dataset load(Step settings, DataFiles files) {
          Values values = new Values.Reals(values());
          return new Dataset("ramp", new DataShape(1, 1, 2), 2, values, Map.of());
        }
      };
    }
  }

  /** Runs the contract on a dataset of a file, perhaps broken in one place. */
  static class GoodFile extends DatasetContract {
    @Override
    protected boolean isRegistered() {
      return false;
    }

    /** The file that is read. */
    DataFile file() {
      return FILE;
    }

    /** The file's content. */
    byte[] read(DataFiles files) {
      return files.read(file());
    }

    /** The record of what was read. */
    Map<String, String> fingerprints() {
      return Map.of(file().name(), file().sha256().orElse(SHA_256));
    }

    @Override
    protected final DataFiles files() {
      return new DataFiles() {
        @Override
        public byte[] read(DataFile file) {
          return "text".getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public Optional<String> locate(DataFile file) {
          return Optional.of("here");
        }

        @Override
        public Path resolve(String path) {
          return Path.of(path).toAbsolutePath();
        }
      };
    }

    @Override
    protected final DatasetProvider<?> provider() {
      return new DatasetProvider<>("text", "For tests", NoSettings.class) {
        @Override
        public List<DataFile> files() {
          return List.of(file());
        }

        @Override
        public Dataset load(NoSettings settings, DataFiles files) {
          Values values = new Values.Pixels(GoodFile.this.read(files));
          return new Dataset("text", new DataShape(1, 1, 2), 2, values, fingerprints());
        }
      };
    }
  }

  static class NotFinite extends Good {
    @Override
    float[] values() {
      return new float[] {1, 2, Float.NaN, 4};
    }
  }

  static class Unseeded extends Good {
    @Override
    float[] values() {
      return new float[] {1, 2, new Random().nextFloat(), 4};
    }
  }

  static class Shared extends Good {
    private final float[] shared = {1, 2, 3, 4};

    @Override
    float[] values() {
      return shared;
    }
  }

  static class NoFingerprint extends GoodFile {
    @Override
    Map<String, String> fingerprints() {
      return Map.of();
    }
  }

  static class UnknownHash extends GoodFile {
    @Override
    DataFile file() {
      return new DataFile(
          "texts", "text.txt", Optional.empty(), OptionalLong.of(4), FILE.addresses());
    }
  }

  static class UnknownHashWithoutFingerprint extends UnknownHash {
    @Override
    Map<String, String> fingerprints() {
      return Map.of("other.txt", SHA_256);
    }
  }

  static class Archive extends GoodFile {
    @Override
    DataFile file() {
      return new DataFile("texts", "texts.tar.gz", "f".repeat(64), FILE.addresses());
    }

    @Override
    Map<String, String> fingerprints() {
      return Map.of("text.txt", SHA_256);
    }
  }

  static class OtherFingerprint extends GoodFile {
    @Override
    Map<String, String> fingerprints() {
      return Map.of("text.txt", SHA_256, "more.txt", "CRC 42");
    }
  }

  static class BadHash extends GoodFile {
    @Override
    DataFile file() {
      return new DataFile("texts", "text.txt", "42", FILE.addresses());
    }

    @Override
    Map<String, String> fingerprints() {
      return Map.of("text.txt", SHA_256, "wrong", SHA_256);
    }
  }

  static class RelativeAddress extends GoodFile {
    @Override
    DataFile file() {
      return new DataFile("texts", "text.txt", SHA_256, List.of(URI.create("text.txt")));
    }
  }

  static class SwallowsAMissingFile extends GoodFile {
    @Override
    byte[] read(DataFiles files) {
      try {
        return super.read(files);
      } catch (DataException missing) {
        return new byte[4];
      }
    }
  }

  static class WrapsAMissingFile extends GoodFile {
    @Override
    byte[] read(DataFiles files) {
      try {
        return super.read(files);
      } catch (DataException missing) {
        throw new IllegalStateException("no file", missing);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultFailsItsTestAlone(Class<?> broken, String test, List<String> message) {
    ContractRun.of(broken).failsOnly(test, message.toArray(String[]::new));
  }

  static List<Arguments> faults() {
    return List.of(
        fault(NotFinite.class, "valuesAreFinite", "value 2 is NaN", "DataException"),
        fault(Unseeded.class, "loadingTwiceGivesTheSame", "seed what is generated"),
        fault(Shared.class, "datasetsShareNoValues", "give each its own array"),
        fault(
            NoFingerprint.class,
            "fingerprintsTellWhichFilesWereRead",
            "lack the SHA-256 of text.txt"),
        fault(
            UnknownHashWithoutFingerprint.class,
            "fingerprintsTellWhichFilesWereRead",
            "lack the SHA-256 of text.txt"),
        fault(
            OtherFingerprint.class,
            "fingerprintsTellWhichFilesWereRead",
            "the fingerprint of more.txt is \"CRC 42\""),
        fault(
            RelativeAddress.class,
            "publishedFilesAreDescribedInFull",
            "an address of text.txt is not absolute: [text.txt]"),
        fault(
            SwallowsAMissingFile.class,
            "missingFilesAreDataExceptions",
            "loading without its files succeeds"),
        fault(
            WrapsAMissingFile.class,
            "missingFilesAreDataExceptions",
            "let the DataException of files.read through"));
  }

  @Test
  void aHashThatIsNoneIsFound() {
    ContractRun.of(BadHash.class)
        .failsAlso(
            "publishedFilesAreDescribedInFull",
            "the sha256 of text.txt is \"42\"",
            "64 lower-case");
  }

  private static Arguments fault(Class<?> broken, String test, String... message) {
    return Arguments.of(broken, test, List.of(message));
  }
}
