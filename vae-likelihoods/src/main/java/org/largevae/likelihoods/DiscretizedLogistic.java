package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
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
 * 256 grey levels, each with the mass that a logistic distribution has in its bin of width 1/256:
 * {@code p(x_d|z) = sigmoid((b + 1/256 - mu) / s) - sigmoid((b - mu) / s)}, {@code b = floor(256
 * x_d) / 256} (Kingma et al. 2016, arXiv:1606.04934, appendix; Salimans et al. 2017,
 * arXiv:1701.05517, equation 2). The decoder gives a location and a log scale: {@code mu =
 * sigmoid(location)} clamped to [1/512, 1 - 1/512], {@code log s} clamped to the settings' bounds;
 * exp(-4.5) is about three grey levels. See {@link Tails} for the first and the last bin.
 */
public final class DiscretizedLogistic implements Likelihood {
  private final DiscretizedLogisticSettings settings;
  private final int dimensions;

  /**
   * A likelihood.
   *
   * @param settings its tails and the bounds of log s
   * @param data what the examples are made of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public DiscretizedLogistic(DiscretizedLogisticSettings settings, DataDescription data) {
    this.settings = SettingsSchema.check(settings);
    this.dimensions = data.dimensions();
  }

  /**
   * A likelihood with the default settings.
   *
   * @param data what the examples are made of
   */
  public DiscretizedLogistic(DataDescription data) {
    this(SettingsSchema.of(DiscretizedLogisticSettings.class).defaultValues(), data);
  }

  /** Two numbers a value, location and log scale. */
  @Override
  public Shape parameters() {
    return new Shape(2, dimensions);
  }

  @Override
  public Optional<Likelihood> ofValues(int count) {
    DataDescription values = DataDescription.of(new DataShape(1, 1, count), ValueKinds.GREY_LEVEL);
    return Optional.of(new DiscretizedLogistic(settings, values));
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.GREY_LEVEL);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    NDList arrays =
        ParameterArrays.split(
            parameters, dimensions, "discretised logistic", "location", "log scale");
    NDArray location =
        Tensors.clamp(Tensors.sigmoid(arrays.get(0)), PixelValues.LOWEST, PixelValues.HIGHEST);
    NDArray logScale = Tensors.clamp(arrays.get(1), settings.logScaleMin(), settings.logScaleMax());
    return new BinnedLogistics(location, logScale, settings.tails(), settings.logScaleMax());
  }
}
