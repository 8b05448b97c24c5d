package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Shapes;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.network.Decoder;
import org.largevae.api.tensor.ShapeException;
import org.largevae.networks.GatedDense;

/**
 * A decoder that gives each pixel a distribution by the pixels before it and by maps of the
 * latents, one gated dense layer from each level's latents to a number for each value.
 */
abstract sealed class PixelDecoder implements Decoder
    permits PixelCnnDecoder, GatedPixelCnnDecoder {
  private static final List<ValueKind> PIXELS =
      List.of(ValueKinds.BINARY, ValueKinds.GREY_LEVEL, ValueKinds.REAL);

  private final DataShape picture;
  private final List<Integer> latentSizes;
  private final Likelihood likelihood;
  private final Likelihood onePixel;
  private final List<GatedDense> levels = new ArrayList<>();
  private final PixelNetwork network;
  private final PixelBlock block;

  /**
   * A decoder; its parameters have no values yet.
   *
   * @param name in configurations, for messages
   * @param shape the lowest level's sizes
   * @param likelihood what it gives the parameters of
   * @param maker makes the network, whose parameters go into a block
   * @throws ConfigurationException if the data are no pictures without missing values, or the
   *     likelihood does not treat values alike
   */
  PixelDecoder(
      String name,
      ModelShape shape,
      Likelihood likelihood,
      BiFunction<PixelSizes, ParameterBlock, PixelNetwork> maker) {
    requirePictures(name, shape.data());
    this.picture = shape.data().shape();
    this.latentSizes = new ArrayList<>(shape.latentSizesAbove());
    latentSizes.add(shape.latentSize());
    this.likelihood = likelihood;
    this.onePixel = onePixel(name, likelihood, picture);
    for (int size : latentSizes) {
      levels.add(new GatedDense(size, picture.dimensions()));
    }
    int maps = latentSizes.size() * picture.channels();
    int outputs = (int) onePixel.parameters().size();
    ParameterBlock pixels = new ParameterBlock();
    this.network =
        maker.apply(
            new PixelSizes(picture.channels(), picture.height(), picture.width(), maps, outputs),
            pixels);
    this.block = new PixelBlock(levels, pixels);
  }

  private static void requirePictures(String name, DataDescription data) {
    if (!data.shape().isImage()) {
      throw refused(
          name,
          "is for pictures, of 1 or 3 channels and more than one row, but examples are "
              + data.shape());
    }
    if (data.hasMissing()) {
      throw refused(
          name, "draws each pixel given those before it, but values of these data may be missing");
    }
    Optional<ValueKind> kind = data.singleKind();
    if (kind.filter(PIXELS::contains).isEmpty()) {
      throw refused(
          name,
          "is for pixels that are binary, grey-level or real, but these data are "
              + kind.map(ValueKind::name).orElse("of several kinds"));
    }
  }

  private static Likelihood onePixel(String name, Likelihood likelihood, DataShape picture) {
    Shape parameters = likelihood.parameters();
    boolean laidOut =
        parameters.dimension() > 0
            && parameters.dimension() <= 2
            && parameters.get(parameters.dimension() - 1) == picture.dimensions();
    Optional<Likelihood> pixel =
        laidOut ? likelihood.ofValues(picture.channels()) : Optional.empty();
    return pixel.orElseThrow(
        () ->
            refused(
                name,
                "needs a likelihood that gives each value by itself the same kind of distribution,"
                    + " which "
                    + likelihood.getClass().getSimpleName()
                    + " as it is set does not"));
  }

  private static ConfigurationException refused(String name, String why) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "model.decoder.type = %s %s; choose another decoder, such as gated-mlp",
            name,
            why));
  }

  @Override
  public final Likelihood likelihood() {
    return likelihood;
  }

  @Override
  public final Optional<Block> block() {
    return Optional.of(block);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ShapeException if the latents are not those of the model's levels
   */
  @Override
  public final Density decode(Latents latents, Pass pass) {
    List<NDArray> found = latents.levels();
    if (found.size() != latentSizes.size()) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "latents of %d levels do not fit: the decoder takes those of %d",
              found.size(),
              latentSizes.size()));
    }
    for (int level = 0; level < found.size(); level++) {
      Shapes.requireEvent(found.get(level), latentSizes.get(level));
    }
    if (found.stream().map(PixelDecoder::leading).distinct().count() != 1) {
      throw new ShapeException(
          "latents of shapes "
              + found.stream().map(NDArray::getShape).toList()
              + " differ in more than the last axis");
    }
    return new PixelDensity(this, found, new PixelWeights(pass, false));
  }

  /** The axes before the last. */
  static Shape leading(NDArray array) {
    return array.getShape().slice(0, array.getShape().dimension() - 1);
  }

  DataShape picture() {
    return picture;
  }

  PixelNetwork network() {
    return network;
  }

  /** The likelihood of the values of one pixel. */
  Likelihood onePixel() {
    return onePixel;
  }

  /**
   * The latents' maps.
   *
   * @param latents each level's, shape (n, M_l)
   * @return shape (n, K, H, W)
   */
  NDArray maps(List<NDArray> latents, PixelWeights weights) {
    NDList maps = new NDList();
    for (int level = 0; level < latents.size(); level++) {
      NDArray map = weights.pass().forward(levels.get(level), latents.get(level));
      NDArray own = weights.detached() ? map.stopGradient() : map;
      maps.add(own.reshape(-1, picture.channels(), picture.height(), picture.width()));
    }
    return MaskedConvolution.concat(maps, 1);
  }
}
