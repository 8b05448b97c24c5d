package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Locale;
import org.largevae.api.component.Pass;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.DataShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.likelihood.Likelihood;

/**
 * A likelihood that takes P numbers for each value of a picture, and a decoder's maps that hold
 * them: P times the picture's channels, the first number of all channels first.
 */
final class PixelParameters {
  private final Likelihood likelihood;
  private final int channels;

  /**
   * Parameters.
   *
   * @param likelihood what takes them
   * @param shape of the pictures
   * @throws SettingException if the likelihood does not take P numbers a value
   */
  PixelParameters(Likelihood likelihood, DataShape shape) {
    Shape parameters = likelihood.parameters();
    int axes = parameters.dimension();
    boolean fits = (axes == 1 || axes == 2) && parameters.get(axes - 1) == shape.dimensions();
    if (!fits) {
      throw new SettingException(
          "type",
          String.format(
              Locale.ROOT,
              "must be another, such as gated-mlp or mlp: a convolution gives P numbers for each"
                  + " pixel, (P, %d), and the likelihood takes its parameters in the shape %s",
              shape.dimensions(),
              parameters));
    }
    this.likelihood = likelihood;
    this.channels = Math.toIntExact(parameters.size() / (shape.height() * shape.width()));
  }

  Likelihood likelihood() {
    return likelihood;
  }

  /** How many maps a decoder has to give. */
  int channels() {
    return channels;
  }

  /**
   * The distributions that maps stand for.
   *
   * @param maps shape (N, {@link #channels}, H, W)
   * @param latents N vectors a level, from which the maps were made
   * @param pass the current pass
   * @return a batch of the latents' leading axes over (D)
   */
  Density of(NDArray maps, Latents latents, Pass pass) {
    Shape leading = LatentProjection.leading(latents.lowest().getShape());
    return likelihood.of(maps.reshape(leading.addAll(likelihood.parameters())), pass);
  }
}
