package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.distribution.Noise;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/**
 * Independent Gaussian values: {@code log p(x|z) = -1/2 sum_d (log 2 pi + log sigma_d^2 + (x_d -
 * mu_d)^2 / sigma_d^2)} (Kingma and Welling 2014, arXiv:1312.6114, appendix C.2). The decoder gives
 * the mean mu, as it is, and the log variance, clamped to the settings' bounds; or the variance is
 * trained, one for each value or a single one (Rybkin et al. 2021, arXiv:2006.13202). A trained log
 * variance is {@code min + (max - min) sigmoid(a)}, whose gradient never ends at a bound, as a
 * clamp's does; it starts at 0, for grey levels at -3, or as near as the bounds let it.
 *
 * <p>For real values, best standardised, since the default clamp fits deviations from 0.05 to 2.7;
 * and for 8-bit images as values of [0, 1], where the result is a density per unit of intensity,
 * not a probability of grey levels: add {@code D log(1/256)} to set it beside a {@link
 * DiscretizedLogistic}. There, and on any data with repeated values, the lower clamp alone keeps
 * the density from growing without bound. It does not take binary data for the same reason: nothing
 * but that clamp would be measured.
 */
public final class Gaussian implements Likelihood {
  /** A standard deviation of 0.22, about that of grey levels in [0, 1]. */
  private static final double START_OF_PIXELS = -3;

  private final GaussianSettings settings;
  private final int dimensions;
  private final boolean pixels;
  private final ParameterBlock block;
  private final Optional<Parameter> trained;

  /**
   * A likelihood.
   *
   * @param settings where sigma^2 comes from and the bounds of its log
   * @param data what the examples are made of; for pictures means and draws are pixel values
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public Gaussian(GaussianSettings settings, DataDescription data) {
    this.settings = SettingsSchema.check(settings);
    this.dimensions = data.dimensions();
    this.pixels = data.singleKind().equals(Optional.of(ValueKinds.GREY_LEVEL));
    this.block = new ParameterBlock();
    this.trained =
        switch (settings.variance()) {
          case DECODER -> Optional.empty();
          case COLUMN -> Optional.of(trained(dimensions));
          case SHARED -> Optional.of(trained(1));
        };
  }

  /**
   * A likelihood with the default settings.
   *
   * @param data what the examples are made of
   */
  public Gaussian(DataDescription data) {
    this(SettingsSchema.of(GaussianSettings.class).defaultValues(), data);
  }

  /** The same likelihood of other values. */
  private Gaussian(Gaussian same, int dimensions) {
    this.settings = same.settings;
    this.dimensions = dimensions;
    this.pixels = same.pixels;
    this.block = same.block;
    this.trained = same.trained;
  }

  private Parameter trained(int size) {
    double range = settings.logVarianceMax() - settings.logVarianceMin();
    double first = pixels ? START_OF_PIXELS : 0;
    double place = range == 0 ? 0.5 : (first - settings.logVarianceMin()) / range;
    double nearest = Math.min(Math.max(place, 0.05), 0.95);
    float start = (float) Math.log(nearest / (1 - nearest));
    return block.add(
        "log_variance_logit", new Shape(size), (m, shape, type) -> m.full(shape, start, type));
  }

  /** Two numbers a value, mean and log variance; the mean alone where the variance is trained. */
  @Override
  public Shape parameters() {
    return new Shape(trained.isPresent() ? 1 : 2, dimensions);
  }

  @Override
  public Optional<Block> block() {
    return trained.map(parameter -> block);
  }

  /** Not of a variance for each column, where values are not all alike. */
  @Override
  public Optional<Likelihood> ofValues(int count) {
    return settings.variance() == GaussianVariance.COLUMN
        ? Optional.empty()
        : Optional.of(new Gaussian(this, count));
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.REAL) || kind.equals(ValueKinds.GREY_LEVEL);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    DiagonalGaussian gaussian =
        trained
            .map(variance -> of(parameters, pass.value(variance)))
            .orElseGet(() -> of(parameters));
    return pixels ? new PixelGaussian(gaussian) : gaussian;
  }

  private DiagonalGaussian of(NDArray parameters) {
    NDList arrays =
        ParameterArrays.split(parameters, dimensions, "Gaussian", "mean", "log variance");
    NDArray logVariance =
        Tensors.clamp(arrays.get(1), settings.logVarianceMin(), settings.logVarianceMax());
    return new DiagonalGaussian(arrays.get(0), logVariance);
  }

  private DiagonalGaussian of(NDArray parameters, NDArray variance) {
    NDArray mean = ParameterArrays.split(parameters, dimensions, "Gaussian", "mean").get(0);
    double range = settings.logVarianceMax() - settings.logVarianceMin();
    NDArray logVariance =
        Tensors.multiply(Tensors.sigmoid(variance), range).add(settings.logVarianceMin());
    return new DiagonalGaussian(mean, logVariance.broadcast(mean.getShape()));
  }

  /** The same density, but its mean lies within the pixel values and a draw is the nearest one. */
  private record PixelGaussian(DiagonalGaussian gaussian) implements Factorised {

    @Override
    public Shape batch() {
      return gaussian.batch();
    }

    @Override
    public Shape event() {
      return gaussian.event();
    }

    @Override
    public NDArray logProb(NDArray x) {
      return gaussian.logProb(x);
    }

    @Override
    public NDArray logProbEach(NDArray x) {
      return gaussian.logProbEach(x);
    }

    @Override
    public NDArray mean() {
      return Tensors.clamp(gaussian.mean(), PixelValues.LOWEST, PixelValues.HIGHEST);
    }

    @Override
    public NDArray sample(Shape leading, Noise noise) {
      return PixelValues.nearest(gaussian.sample(leading, noise));
    }

    @Override
    public PixelGaussian map(UnaryOperator<NDArray> change) {
      return new PixelGaussian(gaussian.map(change));
    }
  }
}
