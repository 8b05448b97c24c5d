package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/**
 * Independent categories: {@code log p(x|z) = sum_d log softmax(l_d)_{x_d}}. The decoder gives a
 * logit for each category of each value, as many as the value with most categories has; those that
 * a value lacks are left out. Grey levels are 256 categories, which takes a decoder with 256
 * numbers a pixel.
 *
 * <p>The mean is the expectation of the category's number, which means something for grey levels
 * alone; the point estimate is the most probable category.
 */
public final class Categorical implements Likelihood {
  private final int[] counts;
  private final int most;
  private final boolean pixels;

  /**
   * A likelihood.
   *
   * @param data what the examples are made of
   */
  public Categorical(DataDescription data) {
    this.counts = CategoryProbabilities.counts(data);
    this.most = Arrays.stream(counts).max().orElseThrow();
    this.pixels = data.singleKind().equals(Optional.of(ValueKinds.GREY_LEVEL));
  }

  /** As many logits a value as the value with most categories has. */
  @Override
  public Shape parameters() {
    return new Shape(most, counts.length);
  }

  /** Of grey levels alone, which all have as many categories. */
  @Override
  public Optional<Likelihood> ofValues(int count) {
    DataDescription values = DataDescription.of(new DataShape(1, 1, count), ValueKinds.GREY_LEVEL);
    return pixels ? Optional.of(new Categorical(values)) : Optional.empty();
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind instanceof ValueKinds.Category || (pixels && kind.equals(ValueKinds.GREY_LEVEL));
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    int axis =
        ParameterArrays.check(
            parameters, most, counts.length, "categorical likelihood", "logits of the categories");
    NDArray logits = parameters;
    if (Arrays.stream(counts).anyMatch(count -> count < most)) {
      NDArray mask =
          CategoryProbabilities.table(
              parameters,
              most,
              counts,
              (category, count) -> category < count ? 0 : CategoryProbabilities.IMPOSSIBLE);
      logits = parameters.add(mask);
    }
    NDArray normaliser = Tensors.logSumExp(logits, axis).expandDims(axis);
    return new CategoryProbabilities(logits.sub(normaliser), pixels);
  }
}
