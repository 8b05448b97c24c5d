package org.largevae.datasets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.largevae.api.component.NoSettings;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.Values;
import org.largevae.api.files.Sha256;
import org.largevae.datasets.format.NpyFile;
import org.largevae.datasets.format.NumericArray;

/**
 * Histopathology: grey patches of 28 x 28 pixels from lymph node sections of 16 patients, 6,800 for
 * training, then 2,000 for validation, then 2,000 test patches. Configured as
 *
 * <pre>
 * dataset { name = histopathology, split = [6800, 2000, 2000], split-order = given }
 * </pre>
 *
 * <p>It has no keys of its own. It is published as a pickle, which is not read, since reading a
 * pickle can run any program: {@code docs/published-data.md} has the lines of Python that make
 * three NumPy arrays of it. Intensities from 0 to 1 become the level that holds them, the whole
 * part of 256 x, as the authors' likelihood of 256 levels has it; it sees level p as (p + 1/2) /
 * 256, so that black is 1/512 and white 1 - 1/512, to which the authors clip.
 *
 * <p>J. Tomczak and M. Welling, "Improving variational auto-encoders using Householder flow",
 * arXiv:1611.09630 (2016).
 */
public final class HistopathologyProvider extends DatasetProvider<NoSettings> {
  /** The name in a configuration. */
  public static final String NAME = "histopathology";

  private static final DataShape SHAPE = new DataShape(1, 28, 28);
  private static final List<DataFile> FILES =
      List.of(file("training"), file("validation"), file("test"));
  private static final String ORIGIN =
      "; it is made of histopathology.pkl, which is published in"
          + " https://github.com/jmtomczak/vae_householder_flow/raw/master/datasets/histopathologyGray/histopathology.pkl.tar.gz,"
          + " with the lines of Python in docs/published-data.md";

  private final List<Integer> counts;

  /** Found by {@link java.util.ServiceLoader}. */
  public HistopathologyProvider() {
    this(6_800, 2_000, 2_000);
  }

  /** With other numbers of patches than the published ones. */
  HistopathologyProvider(int training, int validation, int test) {
    super(
        NAME,
        "Histopathology, 10,800 patches of 28 x 28 grey pixels, the test patches last",
        NoSettings.class);
    this.counts = List.of(training, validation, test);
  }

  private static DataFile file(String part) {
    return new DataFile(
        NAME, "histopathology-" + part + ".npy", Optional.empty(), OptionalLong.empty(), List.of());
  }

  @Override
  public List<DataFile> files() {
    return FILES;
  }

  @Override
  public Dataset load(NoSettings settings, DataFiles files) {
    int size = counts.stream().mapToInt(Integer::intValue).sum();
    byte[] pixels = new byte[size * SHAPE.dimensions()];
    Map<String, String> fingerprints = new LinkedHashMap<>();
    int at = 0;
    for (int part = 0; part < FILES.size(); part++) {
      DataFile file = FILES.get(part);
      byte[] content = read(file, files);
      byte[] levels = levels(content, counts.get(part), files.locate(file).orElse(file.name()));
      System.arraycopy(levels, 0, pixels, at, levels.length);
      at += levels.length;
      fingerprints.put(file.name(), Sha256.hex(content));
    }
    return new Dataset(NAME, SHAPE, size, new Values.Pixels(pixels), fingerprints);
  }

  private static byte[] read(DataFile file, DataFiles files) {
    try {
      return files.read(file);
    } catch (DataException fault) {
      if (files.locate(file).isPresent()) {
        throw fault;
      }
      throw new DataException(fault.getMessage() + ORIGIN, fault);
    }
  }

  private static byte[] levels(byte[] content, int count, String source) {
    NumericArray array = NpyFile.read(content, source);
    List<Integer> sizes = List.of(count, SHAPE.height(), SHAPE.width());
    if (!array.sizes().equals(sizes) || array.firstFastest()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: holds an array of %s, not %s row by row, the patches of that part%s",
              source,
              array.sizes(),
              sizes,
              ORIGIN));
    }
    return Intensities.bins(array);
  }
}
