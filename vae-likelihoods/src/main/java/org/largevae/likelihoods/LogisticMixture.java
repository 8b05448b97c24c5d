package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.stream.IntStream;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/**
 * 256 grey levels, each with the mass that a mixture of J logistic distributions has in its bin of
 * width 1/256, the first and the last bin reaching outwards without end (Salimans et al. 2017,
 * arXiv:1701.05517, section 2.1): {@code p(x_d|z) = sum_j pi_j (sigmoid(b+_j) - sigmoid(b-_j))}, b
 * the bounds of the bin in scales from the component's location.
 *
 * <p>The decoder gives for each component a logit of its weight, a location and a log scale. At 0 a
 * location is the middle of the component's part of [0, 1], so that they start spread, {@code mu_j
 * = sigmoid(a_j + logit((j + 1/2) / J))}; and {@code log s = a - 2}, clamped to the settings'
 * bounds.
 */
public final class LogisticMixture implements Likelihood {
  private static final double LOG_SCALE_AT_ZERO = -2;

  private final LogisticMixtureSettings settings;
  private final int dimensions;

  /**
   * A likelihood.
   *
   * @param settings the number of components and the bounds of log s
   * @param data what the examples are made of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public LogisticMixture(LogisticMixtureSettings settings, DataDescription data) {
    this.settings = SettingsSchema.check(settings);
    this.dimensions = data.dimensions();
  }

  /**
   * A likelihood with the default settings.
   *
   * @param data what the examples are made of
   */
  public LogisticMixture(DataDescription data) {
    this(SettingsSchema.of(LogisticMixtureSettings.class).defaultValues(), data);
  }

  /** Three numbers a value and component: J logits, then J locations, then J log scales. */
  @Override
  public Shape parameters() {
    return new Shape(3L * settings.components(), dimensions);
  }

  @Override
  public Optional<Likelihood> ofValues(int count) {
    DataDescription values = DataDescription.of(new DataShape(1, 1, count), ValueKinds.GREY_LEVEL);
    return Optional.of(new LogisticMixture(settings, values));
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.GREY_LEVEL);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    int axis =
        ParameterArrays.check(
            parameters,
            3L * settings.components(),
            dimensions,
            "logistic mixture likelihood",
            "logits, locations, log scales");
    NDList arrays = parameters.split(3, axis);
    NDArray logits = arrays.get(0);
    NDArray logWeights = logits.sub(Tensors.logSumExp(logits, axis).expandDims(axis));
    NDArray location = Tensors.sigmoid(arrays.get(1).add(spread(parameters)));
    NDArray logScale =
        Tensors.clamp(
            arrays.get(2).add(LOG_SCALE_AT_ZERO), settings.logScaleMin(), settings.logScaleMax());
    return new BinnedMixtures(logWeights, location, logScale);
  }

  /** Logits of the middles of J parts of [0, 1], shape (J, 1). */
  private NDArray spread(NDArray like) {
    int count = settings.components();
    double[] logits =
        IntStream.range(0, count)
            .mapToDouble(j -> Math.log((j + 0.5) / (count - j - 0.5)))
            .toArray();
    NDArray array = like.getManager().create(logits, new Shape(count, 1));
    return like.getDataType() == DataType.FLOAT64 ? array : array.toType(like.getDataType(), false);
  }
}
