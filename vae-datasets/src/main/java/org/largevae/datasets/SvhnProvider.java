package org.largevae.datasets;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.dataset.Labels;
import org.largevae.api.dataset.Values;
import org.largevae.datasets.format.NumericArray;

/**
 * SVHN, the Street View House Numbers cropped to single digits ("format 2"): 73,257 training
 * pictures of 32 x 32 RGB pixels, with {@code extra = true} 531,131 easier ones after them, and
 * 26,032 test pictures last. Configured as {@code dataset { name = svhn }}. Labels are the digits;
 * the files have 10 for the digit 0.
 *
 * <p>Y. Netzer, T. Wang, A. Coates, A. Bissacco, B. Wu and A. Ng, "Reading digits in natural images
 * with unsupervised feature learning", NIPS workshop 2011.
 */
public final class SvhnProvider extends DatasetProvider<SvhnSettings> {
  /** The name in a configuration. */
  public static final String NAME = "svhn";

  private static final DataShape SHAPE = new DataShape(3, 32, 32);
  private static final int DIGITS = 10;

  /** Row, column, channel, picture, the first fastest. */
  private static final PictureOrder MATLAB = new PictureOrder(SHAPE, 3 * 32 * 32, 32 * 32, 1, 32);

  private static final DataFile TRAINING =
      file(
          "train_32x32.mat",
          182_040_794,
          "435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8");
  private static final DataFile EXTRA =
      file(
          "extra_32x32.mat",
          1_329_278_602,
          "a133a4beb38a00fcdda90c9489e0c04f900b660ce8a316a5e854838379a71eb3");
  private static final DataFile TEST =
      file(
          "test_32x32.mat",
          64_275_384,
          "cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b");

  private final Map<DataFile, Integer> counts = new LinkedHashMap<>();

  /** Found by {@link java.util.ServiceLoader}. */
  public SvhnProvider() {
    this(73_257, 531_131, 26_032);
  }

  /** With other numbers of pictures than the published ones. */
  SvhnProvider(int training, int extra, int test) {
    super(
        NAME,
        "SVHN, 99,289 digits of house numbers of 32 x 32 RGB pixels, the test pictures last",
        SvhnSettings.class);
    counts.put(TRAINING, training);
    counts.put(EXTRA, extra);
    counts.put(TEST, test);
  }

  private static DataFile file(String name, long size, String sha256) {
    URI address = URI.create("https://ufldl.stanford.edu/housenumbers/" + name);
    return new DataFile(NAME, name, Optional.of(sha256), OptionalLong.of(size), List.of(address));
  }

  @Override
  public List<DataFile> files() {
    return List.of(TRAINING, TEST);
  }

  @Override
  public Dataset load(SvhnSettings settings, DataFiles files) {
    List<DataFile> parts =
        settings.extra() ? List.of(TRAINING, EXTRA, TEST) : List.of(TRAINING, TEST);
    int size = parts.stream().mapToInt(counts::get).sum();
    byte[] pixels = new byte[size * SHAPE.dimensions()];
    List<Integer> digits = new ArrayList<>();
    Map<String, String> fingerprints = new LinkedHashMap<>();
    for (DataFile part : parts) {
      int count = counts.get(part);
      String holds = "X of 32 x 32 x 3 x " + count + " unsigned bytes and y of " + count + " x 1";
      PublishedMat file = PublishedMat.read(part, holds, files);
      NumericArray array = file.variable("X", List.of(32, 32, 3, count), false);
      if (!(array.values() instanceof Values.Pixels found)) {
        throw file.other("X is not of unsigned bytes");
      }
      MATLAB.copy(found.bytes(), 0, count, pixels, digits.size());
      IntStream.of(file.classes("y", count, DIGITS)).forEach(y -> digits.add(y % DIGITS));
      fingerprints.put(part.name(), part.sha256().orElseThrow());
    }
    Labels labels = Labels.of(digits.stream().map(String::valueOf).toList());
    return new Dataset(
        NAME, SHAPE, size, new Values.Pixels(pixels), fingerprints, Optional.of(labels));
  }
}
