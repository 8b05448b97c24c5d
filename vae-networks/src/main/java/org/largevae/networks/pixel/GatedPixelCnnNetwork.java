package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.largevae.api.component.ParameterBlock;

/** The two stacks of a {@link GatedPixelCnnDecoder}. */
final class GatedPixelCnnNetwork implements PixelNetwork {
  private final PixelSizes sizes;
  private final int channels;
  private final List<GatedPixelLayer> layers = new ArrayList<>();
  private final PixelMap heads;

  /**
   * A network; its parameters have no values yet.
   *
   * @param settings its sizes
   * @param sizes of the pictures
   * @param block gets the parameters
   */
  GatedPixelCnnNetwork(GatedPixelCnnSettings settings, PixelSizes sizes, ParameterBlock block) {
    this.sizes = sizes;
    this.channels = settings.channels();
    for (int layer = 1; layer <= settings.layers(); layer++) {
      layers.add(new GatedPixelLayer(settings, sizes, block, layer));
    }
    this.heads = new PixelMap(block, "heads", channels, sizes.outputs(), true);
  }

  @Override
  public NDArray outputs(NDArray x, NDArray maps, PixelWeights weights) {
    NDArray vertical = x;
    NDArray horizontal = x;
    NDArray sum = null;
    for (GatedPixelLayer layer : layers) {
      NDArray above = layer.above(vertical, weights);
      NDArray beside = layer.beside(horizontal, above, maps, weights);
      vertical = layer.vertical(above, maps, weights);
      NDArray skipped = layer.skip().apply(beside, weights);
      sum = sum == null ? skipped : sum.add(skipped);
      NDArray next = layer.residual().apply(beside, weights);
      horizontal = layer.isFirst() ? next : next.add(horizontal);
    }
    return heads.apply(sum.getNDArrayInternal().relu(), weights);
  }

  @Override
  public long numbersPerPicture() {
    return 2L * channels * sizes.height() * sizes.width();
  }

  @Override
  public PixelSequence sequence(NDArray maps, PixelWeights weights) {
    return new GatedPixelSequence(sizes, layers, heads, maps, weights);
  }

  /** {@code tanh(a') sigmoid(a'')} of the two halves of an axis. */
  static NDArray gated(NDArray both, int axis) {
    List<NDArray> halves = both.split(2, axis);
    return halves.get(0).tanh().mul(halves.get(1).getNDArrayInternal().sigmoid());
  }
}
