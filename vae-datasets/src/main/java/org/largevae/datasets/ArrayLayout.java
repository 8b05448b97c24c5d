package org.largevae.datasets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.Values;
import org.largevae.datasets.format.NumericArray;

/**
 * How examples lie in a user's array, and what its numbers mean. Configured, beside the keys of the
 * format, with these defaults:
 *
 * <pre>
 * example-axis = first   // or last: the axis that counts the examples
 * shape = null           // of an example stored as one row, as [28, 20] or [32, 32, 3]
 * pixel-order = rows     // or columns: such a row holds the image column by column
 * channel-axis = auto    // or first, last: where a colour image has its channels
 * values = auto          // or pixels, unit, reals: see {@link ValueScale}
 * </pre>
 *
 * <p>An example of one axis is a row of values, of two an image of height x width, of three a
 * colour image of height x width x channels or channels x height x width.
 */
public final class ArrayLayout {
  static final String EXAMPLE_AXIS_MEANING = "the axis that counts the examples";
  static final String SHAPE_MEANING =
      "the shape of an example stored as one row, as [28, 20] or [32, 32, 3]";
  static final String PIXEL_ORDER_MEANING = "whether such a row holds an image by rows or columns";
  static final String CHANNEL_AXIS_MEANING =
      "where a colour image has its channels; auto: the axis whose size is 1 or 3";

  private static final String SHAPE = "shape";

  /** The axis that counts the examples. */
  public enum ExampleAxis {
    /** The first one. */
    FIRST,
    /** The last one. */
    LAST
  }

  /** Where a colour image has its channels. */
  public enum ChannelAxis {
    /** The first or the last axis, whichever alone has a size of 1 or 3. */
    AUTO,
    /** Channels x height x width. */
    FIRST,
    /** Height x width x channels. */
    LAST
  }

  /** How a row of values holds an image. */
  public enum PixelOrder {
    /** Row by row. */
    ROWS,
    /** Column by column, as MATLAB and Fortran do. */
    COLUMNS
  }

  /** Axes of an example with the step between neighbours along each. */
  private record Axes(List<Integer> sizes, List<Long> steps) {
    Axes without(int axis) {
      List<Integer> fewerSizes = new ArrayList<>(sizes);
      List<Long> fewerSteps = new ArrayList<>(steps);
      fewerSizes.remove(axis);
      fewerSteps.remove(axis);
      return new Axes(fewerSizes, fewerSteps);
    }
  }

  private final Optional<ExampleAxis> exampleAxis;
  private final List<Integer> shape;
  private final PixelOrder pixelOrder;
  private final ChannelAxis channelAxis;
  private final ValueScale scale;

  /**
   * A layout.
   *
   * @param exampleAxis empty for a table, whose lines are the examples
   * @param shape as {@link #checked} gives it
   */
  ArrayLayout(
      Optional<ExampleAxis> exampleAxis,
      Optional<List<Integer>> shape,
      PixelOrder pixelOrder,
      ChannelAxis channelAxis,
      ValueScale scale) {
    this.exampleAxis = exampleAxis;
    this.shape = shape.orElse(List.of());
    this.pixelOrder = pixelOrder;
    this.channelAxis = channelAxis;
    this.scale = scale;
  }

  /**
   * Checks a shape.
   *
   * @return a copy
   * @throws SettingException if it has no size or more than 3, or is left out where the order of
   *     pixels needs it
   */
  static Optional<List<Integer>> checked(Optional<List<Integer>> shape, PixelOrder pixelOrder) {
    if (shape.isPresent() && (shape.get().isEmpty() || shape.get().size() > 3)) {
      throw new SettingException(SHAPE, "must have 1 to 3 sizes, as [28, 20] or [32, 32, 3]");
    }
    if (pixelOrder == PixelOrder.COLUMNS && shape.map(List::size).orElse(0) < 2) {
      throw new SettingException(
          "pixel-order", "needs dataset.shape, the height and width of an image");
    }
    return shape.map(List::copyOf);
  }

  /**
   * Makes a dataset of an array's examples.
   *
   * @param name the dataset's name
   * @param array as read
   * @param fingerprints of what was read
   * @return the dataset
   * @throws DataException if the array has too few or too many axes, or a value is out of range
   * @throws SettingException if the shape does not fit, or nothing tells where the channels are
   */
  Dataset examples(String name, NumericArray array, Map<String, String> fingerprints) {
    List<Integer> sizes = array.sizes();
    if (sizes.size() < 2 || sizes.size() > 4) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: has %d axes (%s); it needs 2 to 4: examples x values, or examples x height x"
                  + " width, with channels if in colour",
              array.source(),
              sizes.size(),
              shown(sizes)));
    }
    int axis = countsFirst() ? 0 : sizes.size() - 1;
    List<Long> steps = new ArrayList<>();
    for (long step : array.steps()) {
      steps.add(step);
    }
    Axes one = new Axes(sizes, steps).without(axis);
    if (!shape.isEmpty()) {
      one = reshaped(one, array);
    }
    int count = sizes.get(axis);
    long distance = steps.get(axis);
    Axes image = channelsFirst(one, array);
    DataShape found =
        new DataShape(image.sizes().get(0), image.sizes().get(1), image.sizes().get(2));
    Values scaled = scale.apply(array);
    Values values = gather(scaled, count, distance, offsets(image));
    List<String> columns =
        isTableOfReals() && values instanceof Values.Reals ? array.columns() : List.of();
    return new Dataset(name, found, count, values, fingerprints, Optional.empty(), columns);
  }

  /** Whether rows stay rows of real numbers, not pixels. */
  boolean isTableOfReals() {
    return shape.isEmpty() && (scale == ValueScale.AUTO || scale == ValueScale.REALS);
  }

  /** Whether the first axis counts the examples; it does in a table. */
  boolean countsFirst() {
    return exampleAxis.orElse(ExampleAxis.FIRST) == ExampleAxis.FIRST;
  }

  private Axes reshaped(Axes one, NumericArray array) {
    long product = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    if (one.sizes().size() != 1) {
      throw new SettingException(
          SHAPE,
          String.format(
              Locale.ROOT,
              "is for examples stored as one row, but those of %s are %s; leave it out",
              array.source(),
              shown(one.sizes())));
    }
    if (product != one.sizes().get(0)) {
      throw new SettingException(
          SHAPE,
          String.format(
              Locale.ROOT,
              "has %d values, but an example of %s (%s) has %d%s",
              product,
              array.source(),
              shown(array.sizes()),
              one.sizes().get(0),
              exampleAxis.isPresent() && array.sizes().get(countsFirst() ? 0 : 1) == product
                  ? "; examples lie along its other axis, see dataset.example-axis"
                  : ""));
    }
    List<Long> steps = new ArrayList<>();
    for (long step : NumericArray.steps(shape, pixelOrder == PixelOrder.COLUMNS)) {
      steps.add(step * one.steps().get(0));
    }
    return new Axes(shape, steps);
  }

  private Axes channelsFirst(Axes one, NumericArray array) {
    List<Integer> sizes = new ArrayList<>(one.sizes());
    List<Long> steps = new ArrayList<>(one.steps());
    if (sizes.size() == 3 && channelsAreLast(sizes, array)) {
      sizes.add(0, sizes.remove(2));
      steps.add(0, steps.remove(2));
    }
    while (sizes.size() < 3) {
      sizes.add(0, 1);
      steps.add(0, 0L);
    }
    return new Axes(sizes, steps);
  }

  private boolean channelsAreLast(List<Integer> sizes, NumericArray array) {
    if (channelAxis != ChannelAxis.AUTO) {
      return channelAxis == ChannelAxis.LAST;
    }
    boolean first = sizes.get(0) == 1 || sizes.get(0) == 3;
    boolean last = sizes.get(2) == 1 || sizes.get(2) == 3;
    if (first == last) {
      throw new SettingException(
          "channel-axis",
          String.format(
              Locale.ROOT,
              "cannot tell which axis of an example of %s, %s, holds the channels; set first or last",
              array.source(),
              shown(sizes)));
    }
    return last;
  }

  /** Where each value of an example is, from the example's first. */
  private static int[] offsets(Axes image) {
    List<Integer> sizes = image.sizes();
    int[] offsets = new int[sizes.get(0) * sizes.get(1) * sizes.get(2)];
    int at = 0;
    for (int c = 0; c < sizes.get(0); c++) {
      for (int h = 0; h < sizes.get(1); h++) {
        for (int w = 0; w < sizes.get(2); w++) {
          offsets[at++] =
              (int)
                  (c * image.steps().get(0) + h * image.steps().get(1) + w * image.steps().get(2));
        }
      }
    }
    return offsets;
  }

  private static Values gather(Values source, int count, long distance, int[] offsets) {
    if (source instanceof Values.Pixels pixels) {
      byte[] target = new byte[count * offsets.length];
      for (int n = 0, at = 0; n < count; n++) {
        int base = (int) (n * distance);
        for (int offset : offsets) {
          target[at++] = pixels.bytes()[base + offset];
        }
      }
      return new Values.Pixels(target);
    }
    float[] from = ((Values.Reals) source).floats();
    float[] target = new float[count * offsets.length];
    for (int n = 0, at = 0; n < count; n++) {
      int base = (int) (n * distance);
      for (int offset : offsets) {
        target[at++] = from[base + offset];
      }
    }
    return new Values.Reals(target);
  }

  private static String shown(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }
}
