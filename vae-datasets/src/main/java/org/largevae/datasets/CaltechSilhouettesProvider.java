package org.largevae.datasets;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
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
 * Caltech 101 Silhouettes: the outlines, filled, of 8,671 objects of 101 classes, 28 x 28 pixels
 * that are black or white; 4,100 training pictures, then 2,264 for validation, then 2,307 test
 * pictures. Configured as
 *
 * <pre>
 * dataset { name = caltech101-silhouettes, binarization = threshold,
 *           split = [4100, 2264, 2307], split-order = given }
 * </pre>
 *
 * <p>It has no keys of its own. The file has zeros where the object is and ones around it, each
 * picture column by column. Here the object is white, 255, as the code of the VampPrior's authors
 * turns it, and pictures are upright. Labels are the numbers of the classes.
 *
 * <p>B. Marlin, K. Swersky, B. Chen and N. de Freitas, "Inductive principles for restricted
 * Boltzmann machine learning", AISTATS 2010.
 */
public final class CaltechSilhouettesProvider extends DatasetProvider<NoSettings> {
  /** The name in a configuration. */
  public static final String NAME = "caltech101-silhouettes";

  private static final DataShape SHAPE = new DataShape(1, 28, 28);
  private static final int CLASSES = 101;
  private static final List<String> PARTS = List.of("train", "val", "test");

  private static final DataFile FILE =
      new DataFile(
          NAME,
          "caltech101_silhouettes_28_split1.mat",
          Optional.empty(),
          OptionalLong.empty(),
          List.of(
              URI.create(
                  "https://people.cs.umass.edu/~marlin/data/caltech101_silhouettes_28_split1.mat")));

  private final List<Integer> counts;

  /** Found by {@link java.util.ServiceLoader}. */
  public CaltechSilhouettesProvider() {
    this(4_100, 2_264, 2_307);
  }

  /** With other numbers of pictures than the published ones. */
  CaltechSilhouettesProvider(int training, int validation, int test) {
    super(
        NAME,
        "Caltech 101 Silhouettes, 8,671 filled outlines of 28 x 28 pixels, black and white",
        NoSettings.class);
    this.counts = List.of(training, validation, test);
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
            "train_data, val_data and test_data of %d, %d and %d x %d zeros and ones",
            counts.get(0),
            counts.get(1),
            counts.get(2),
            SHAPE.dimensions());
    PublishedMat file = PublishedMat.read(FILE, holds, files);
    int size = counts.stream().mapToInt(Integer::intValue).sum();
    byte[] pixels = new byte[size * SHAPE.dimensions()];
    boolean labelled = PARTS.stream().allMatch(part -> file.has(part + "_labels"));
    int[] classes = new int[labelled ? size : 0];
    int done = 0;
    for (int part = 0; part < PARTS.size(); part++) {
      int count = counts.get(part);
      copy(file, PARTS.get(part) + "_data", count, pixels, done);
      if (labelled) {
        int[] some = file.classes(PARTS.get(part) + "_labels", count, CLASSES);
        System.arraycopy(some, 0, classes, done, count);
      }
      done += count;
    }
    Map<String, String> fingerprints = Map.of(FILE.name(), file.fingerprint());
    return new Dataset(NAME, SHAPE, size, new Values.Pixels(pixels), fingerprints, labels(classes));
  }

  private static void copy(
      PublishedMat file, String variable, int count, byte[] pixels, int picture) {
    NumericArray array = file.variable(variable, List.of(count, SHAPE.dimensions()), true);
    byte[] silhouettes = new byte[count * SHAPE.dimensions()];
    for (int i = 0; i < silhouettes.length; i++) {
      float value = PublishedMat.value(array, i);
      if (value != 0 && value != 1) {
        throw file.other(array.place().apply(i) + " is " + value + ", neither 0 nor 1");
      }
      silhouettes[i] = (byte) (value == 0 ? 0xff : 0);
    }
    // rows of a matrix stored column by column, each a picture column by column
    PictureOrder order = new PictureOrder(SHAPE, 1, 0, count, count * SHAPE.height());
    order.copy(silhouettes, 0, count, pixels, picture);
  }

  private static Optional<Labels> labels(int[] classes) {
    return classes.length == 0
        ? Optional.empty()
        : Optional.of(Labels.of(IntStream.of(classes).mapToObj(String::valueOf).toList()));
  }
}
