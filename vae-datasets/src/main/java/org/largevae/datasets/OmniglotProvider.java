package org.largevae.datasets;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.largevae.api.component.NoSettings;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.Labels;
import org.largevae.api.dataset.Values;
import org.largevae.datasets.format.NumericArray;

/**
 * OMNIGLOT as papers on variational autoencoders have it: 32,415 handwritten characters of 50
 * alphabets, 28 x 28 grey pixels, the 24,345 training pictures first, the 8,070 test pictures last.
 * Configured as {@code dataset { name = omniglot }}; it has no keys of its own.
 *
 * <p>Papers binarise it dynamically and draw 1,345 of the training pictures at random for
 * validation:
 *
 * <pre>
 * dataset { name = omniglot, binarization = dynamic,
 *           split = [23000, 1345, 8070], split-order = test-last }
 * </pre>
 *
 * <p>The file has intensities from 0 to 1, which become the nearest of 256 grey levels, and each
 * picture column by column, which is put upright. Labels are the alphabets' numbers, where the file
 * has them.
 *
 * <p>B. Lake, R. Salakhutdinov and J. Tenenbaum, "Human-level concept learning through
 * probabilistic program induction", Science 350 (2015); in this form of Y. Burda, R. Grosse and R.
 * Salakhutdinov, "Importance weighted autoencoders", ICLR 2016.
 */
public final class OmniglotProvider extends DatasetProvider<NoSettings> {
  /** The name in a configuration. */
  public static final String NAME = "omniglot";

  private static final DataShape SHAPE = new DataShape(1, 28, 28);
  private static final PictureOrder COLUMN_BY_COLUMN =
      new PictureOrder(SHAPE, SHAPE.dimensions(), 0, 1, SHAPE.height());

  private static final DataFile FILE =
      new DataFile(
          NAME,
          "chardata.mat",
          Optional.empty(),
          OptionalLong.empty(),
          List.of(
              URI.create(
                  "https://github.com/yburda/iwae/raw/master/datasets/OMNIGLOT/chardata.mat")));

  private final int training;
  private final int test;

  /** Found by {@link java.util.ServiceLoader}. */
  public OmniglotProvider() {
    this(24_345, 8_070);
  }

  /** With other numbers of pictures than the published ones. */
  OmniglotProvider(int training, int test) {
    super(
        NAME,
        "OMNIGLOT, 32,415 characters of 28 x 28 pixels, the published test pictures last",
        NoSettings.class);
    this.training = training;
    this.test = test;
  }

  @Override
  public List<DataFile> files() {
    return List.of(FILE);
  }

  @Override
  public Dataset load(NoSettings settings, DataFiles files) {
    String holds =
        String.format(
            Locale.ROOT,
            "data of %d x %d and testdata of %1$d x %d",
            SHAPE.dimensions(),
            training,
            test);
    PublishedMat file = PublishedMat.read(FILE, holds, files);
    byte[] pixels = new byte[(training + test) * SHAPE.dimensions()];
    copy(file, "data", training, pixels, 0);
    copy(file, "testdata", test, pixels, training);
    return new Dataset(
        NAME,
        SHAPE,
        training + test,
        new Values.Pixels(pixels),
        Map.of(FILE.name(), file.fingerprint()),
        labels(file));
  }

  private static void copy(
      PublishedMat file, String variable, int count, byte[] pixels, int picture) {
    NumericArray array = file.variable(variable, List.of(SHAPE.dimensions(), count), false);
    COLUMN_BY_COLUMN.copy(Intensities.nearest(array), 0, count, pixels, picture);
  }

  private Optional<Labels> labels(PublishedMat file) {
    if (!file.has("target") || !file.has("testtarget")) {
      return Optional.empty();
    }
    List<String> alphabets = new ArrayList<>(alphabets(file, "target", training));
    alphabets.addAll(alphabets(file, "testtarget", test));
    return Optional.of(Labels.of(alphabets));
  }

  /** Each picture has a column with a one in the row of its alphabet, and zeros. */
  private static List<String> alphabets(PublishedMat file, String variable, int count) {
    int rows = 50;
    NumericArray array = file.variable(variable, List.of(rows, count), false);
    List<String> alphabets = new ArrayList<>();
    for (int picture = 0; picture < count; picture++) {
      int alphabet = 0;
      float sum = 0;
      for (int row = 0; row < rows; row++) {
        float value = PublishedMat.value(array, picture * rows + row);
        sum += value;
        alphabet = value == 1 ? row + 1 : alphabet;
      }
      if (alphabet == 0 || sum != 1) {
        throw file.other(
            String.format(Locale.ROOT, "%s(:,%d) is not one 1 and zeros", variable, picture + 1));
      }
      alphabets.add(String.valueOf(alphabet));
    }
    return alphabets;
  }
}
