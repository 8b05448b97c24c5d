package org.largevae.core.preparation;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.Scale;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.files.MessageText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real values far from the scale of 1 on which networks start and likelihoods are bounded.
 *
 * @param value its position in an example
 * @param lowest in the training examples
 * @param highest in the training examples
 * @param mean of the training examples
 * @param deviation of the training examples
 */
record UnscaledValues(int value, double lowest, double highest, double mean, double deviation) {
  private static final Logger LOGGER = LoggerFactory.getLogger(UnscaledValues.class);

  /** A mean or a standard deviation that is still learnt without much loss. */
  private static final double LARGE = 10;

  private static final double SMALL = 0.05;

  /** Names the worst of the values whose scale is far from 1, if there is one. */
  static void warn(PreparedDataset dataset) {
    DataDescription data = dataset.data();
    Examples training = dataset.training();
    List<RunningSums> all =
        IntStream.range(0, data.dimensions())
            .filter(d -> data.kind(d).equals(ValueKinds.REAL) && data.scale(d).equals(Scale.NONE))
            .mapToObj(d -> new RunningSums(d))
            .toList();
    if (all.isEmpty()) {
      return;
    }
    for (int example = 0; example < training.size(); example++) {
      for (RunningSums sums : all) {
        if (training.isObserved(example, sums.value)) {
          sums.add(training.value(example, sums.value));
        }
      }
    }
    all.stream()
        .map(RunningSums::result)
        .filter(UnscaledValues::isFar)
        .max((a, b) -> Double.compare(a.distance(), b.distance()))
        .ifPresent(worst -> LOGGER.warn("{}", worst.sentence(dataset)));
  }

  /** Sums over what is known of a value. */
  private static final class RunningSums {
    private final int value;
    private double origin;
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;
    private double sum;
    private double squares;
    private long count;

    RunningSums(int value) {
      this.value = value;
    }

    /** About the first value, so that a large mean does not swallow the deviation. */
    void add(double x) {
      origin = count == 0 ? x : origin;
      lowest = Math.min(lowest, x);
      highest = Math.max(highest, x);
      double shifted = x - origin;
      sum += shifted;
      squares += shifted * shifted;
      count++;
    }

    UnscaledValues result() {
      double mean = sum / count;
      double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
      return new UnscaledValues(value, lowest, highest, mean + origin, deviation);
    }
  }

  /** A constant is told elsewhere. */
  private boolean isFar() {
    return deviation > 0 && (Math.abs(mean) > LARGE || deviation > LARGE || deviation < SMALL);
  }

  private double distance() {
    return Math.max(Math.max(Math.abs(mean), deviation) / LARGE, SMALL / deviation);
  }

  private String sentence(PreparedDataset dataset) {
    String name =
        dataset.data().names().isEmpty()
            ? "value " + (value + 1) + " of an example, counted from 1,"
            : "column \"" + MessageText.of(dataset.data().names().get(value)) + "\"";
    return String.format(
        Locale.ROOT,
        "dataset %s: %s goes from %.4g to %.4g with standard deviation %.3g, far from the scale of"
            + " 1 that networks and likelihoods are made for; set dataset.standardize = true, which"
            + " leaves results in the data's own units",
        dataset.name(),
        name,
        lowest,
        highest,
        deviation);
  }
}
