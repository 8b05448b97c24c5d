package org.largevae.datasets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.largevae.api.component.NoSettings;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.files.FailureText;

/**
 * CIFAR-10: 60,000 pictures of 10 classes of things, 32 x 32 RGB pixels, the 50,000 training
 * pictures first, the 10,000 test pictures last. Configured as {@code dataset { name = cifar10 }};
 * it has no keys of its own.
 *
 * <p>Read from the archive of the binary version, or from the six files within, in {@code cifar10}
 * or in {@code cifar10/cifar-10-batches-bin}; data and fingerprints are the same.
 *
 * <p>A. Krizhevsky, "Learning multiple layers of features from tiny images", technical report,
 * University of Toronto (2009).
 */
public final class Cifar10Provider extends DatasetProvider<NoSettings> {
  /** The name in a configuration. */
  public static final String NAME = "cifar10";

  private static final String UNPACKED = "cifar-10-batches-bin";
  private static final String ARCHIVE_NAME = "cifar-10-binary.tar.gz";

  private static final DataFile ARCHIVE =
      new DataFile(
          NAME,
          ARCHIVE_NAME,
          Optional.of("c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
          OptionalLong.of(170_052_171),
          List.of(URI.create("https://www.cs.toronto.edu/~kriz/" + ARCHIVE_NAME)));

  /** In the order of their pictures, those of the test last. */
  private static final List<DataFile> BATCHES =
      List.of(
          batch(
              "data_batch_1.bin",
              "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
          batch(
              "data_batch_2.bin",
              "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
          batch(
              "data_batch_3.bin",
              "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
          batch(
              "data_batch_4.bin",
              "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
          batch(
              "data_batch_5.bin",
              "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
          batch(
              "test_batch.bin",
              "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"));

  private final int records;

  /** Found by {@link java.util.ServiceLoader}. */
  public Cifar10Provider() {
    this(10_000);
  }

  /** With another number of pictures in each of the six files. */
  Cifar10Provider(int records) {
    super(
        NAME,
        "CIFAR-10, 60,000 things of 32 x 32 RGB pixels, the published test pictures last",
        NoSettings.class);
    this.records = records;
  }

  private static DataFile batch(String name, String sha256) {
    return new DataFile(NAME, name, sha256, List.of());
  }

  @Override
  public List<DataFile> files() {
    return List.of(ARCHIVE);
  }

  @Override
  public Dataset load(NoSettings settings, DataFiles files) {
    CifarPictures pictures = new CifarPictures(BATCHES.size(), records);
    List<DataFile> batches = BATCHES.stream().map(file -> placed(file, files)).toList();
    boolean unpacked =
        files.locate(ARCHIVE).isEmpty()
            && batches.stream().anyMatch(file -> files.locate(file).isPresent());
    if (unpacked) {
      for (int batch = 0; batch < batches.size(); batch++) {
        DataFile file = batches.get(batch);
        pictures.add(batch, file.name(), files.read(file));
      }
    } else {
      unpack(files.read(ARCHIVE), pictures);
    }
    return pictures.dataset(NAME);
  }

  /** Where the archive was unpacked, the files lie in a folder of its own. */
  private static DataFile placed(DataFile file, DataFiles files) {
    DataFile below =
        new DataFile(
            NAME + "/" + UNPACKED, file.name(), file.sha256(), file.size(), file.addresses());
    return files.locate(file).isEmpty() && files.locate(below).isPresent() ? below : file;
  }

  private void unpack(byte[] archive, CifarPictures pictures) {
    List<String> names = BATCHES.stream().map(file -> UNPACKED + "/" + file.name()).toList();
    boolean[] found = new boolean[names.size()];
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        int batch = names.indexOf(entry.getName());
        if (batch >= 0 && !found[batch]) {
          // one byte more than there may be is enough to see that there are too many
          byte[] content = tar.readNBytes(CifarPictures.bytes(records) + 1);
          pictures.add(batch, BATCHES.get(batch).name(), content);
          found[batch] = true;
        }
      }
    } catch (IOException fault) {
      throw new DataException(
          ARCHIVE_NAME + ": cannot be unpacked: " + FailureText.of(fault), fault);
    }
    for (int batch = 0; batch < found.length; batch++) {
      if (!found[batch]) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: holds no %s, so it is not the binary version of CIFAR-10, which is published"
                    + " at %s",
                ARCHIVE_NAME,
                names.get(batch),
                ARCHIVE.addresses().get(0)));
      }
    }
  }
}
