package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@link GatedPixelCnnNetwork} pixel by pixel: the vertical stack of a whole row as soon as the
 * rows above it are drawn, then the horizontal stack of one column after the other.
 */
final class GatedPixelSequence implements PixelSequence {
  private final PixelSizes sizes;
  private final int reach;
  private final List<GatedPixelStep> steps = new ArrayList<>();
  private final PixelMapValues heads;

  /** The pictures' rows: shape (W n, K) each. */
  private final List<NDArray> maps;

  private final PixelColumns pictures;

  /** A linear map with the values of its parameters. */
  private record PixelMapValues(NDArray matrix, Optional<NDArray> bias) {

    static PixelMapValues of(PixelMap map, PixelWeights weights) {
      return new PixelMapValues(map.matrix(weights), map.bias(weights));
    }

    NDArray apply(NDArray x) {
      return PixelMap.linear(x, matrix, bias.orElse(null));
    }
  }

  /** A layer with the values of its parameters and what it has given. */
  private record GatedPixelStep(
      GatedPixelLayer layer,
      PixelMapValues vertical,
      PixelMapValues verticalMaps,
      PixelMapValues horizontal,
      PixelMapValues across,
      PixelMapValues horizontalMaps,
      PixelMapValues residual,
      PixelMapValues skip,
      PixelColumns verticals,
      PixelColumns horizontals,
      List<NDArray> fromAbove) {}

  GatedPixelSequence(
      PixelSizes sizes,
      List<GatedPixelLayer> layers,
      PixelMap heads,
      NDArray maps,
      PixelWeights weights) {
    this.sizes = sizes;
    this.reach = layers.get(0).verticalConvolution().window().rows();
    this.heads = PixelMapValues.of(heads, weights);
    this.pictures = columns(maps, sizes.channels());
    Shape shape = maps.getShape();
    this.maps =
        maps
            .transpose(2, 3, 0, 1)
            .reshape(shape.get(2), shape.get(3) * shape.get(0), shape.get(1))
            .split(sizes.height(), 0)
            .stream()
            .map(row -> row.squeeze(0))
            .toList();
    int inputs = sizes.channels();
    for (GatedPixelLayer layer : layers) {
      steps.add(step(layer, inputs, maps, weights));
      inputs = (int) steps.get(0).residual().matrix().getShape().get(0);
    }
  }

  private GatedPixelStep step(
      GatedPixelLayer layer, int inputs, NDArray maps, PixelWeights weights) {
    MaskedConvolution vertical = layer.verticalConvolution();
    MaskedConvolution horizontal = layer.horizontalConvolution();
    PixelMapValues residual = PixelMapValues.of(layer.residual(), weights);
    int channels = (int) residual.matrix().getShape().get(0);
    return new GatedPixelStep(
        layer,
        new PixelMapValues(
            vertical.matrix(vertical.kernel(weights), inputs),
            Optional.of(weights.of(layer.verticalBias()))),
        PixelMapValues.of(layer.verticalMaps(), weights),
        new PixelMapValues(horizontal.matrix(horizontal.kernel(weights), inputs), Optional.empty()),
        PixelMapValues.of(layer.across(), weights),
        PixelMapValues.of(layer.horizontalMaps(), weights),
        residual,
        PixelMapValues.of(layer.skip(), weights),
        columns(maps, channels),
        columns(maps, channels),
        new ArrayList<>());
  }

  private PixelColumns columns(NDArray maps, int channels) {
    NDArray outside =
        maps.getManager().zeros(new Shape(maps.getShape().get(0), channels), maps.getDataType());
    return new PixelColumns(outside, sizes.height(), sizes.width());
  }

  @Override
  public void beginRow(int row) {
    pictures.forget(row - reach - 1);
    PixelColumns before = pictures;
    for (GatedPixelStep step : steps) {
      step.verticals().forget(row - reach);
      step.horizontals().forget(row - 1);
      beginRow(step, before, row);
      before = step.verticals();
    }
  }

  private void beginRow(GatedPixelStep step, PixelColumns before, int row) {
    NDList neighbours = new NDList();
    for (int column = 0; column < sizes.width(); column++) {
      neighbours.add(step.layer().verticalConvolution().neighbours(before, row, column));
    }
    NDArray above = step.vertical().apply(MaskedConvolution.concat(neighbours, 0));
    NDArray own = maps.get(row);
    NDArray vertical = GatedPixelCnnNetwork.gated(above.add(step.verticalMaps().apply(own)), 1);
    NDList verticals = vertical.split(sizes.width(), 0);
    for (int column = 0; column < sizes.width(); column++) {
      step.verticals().put(row, column, verticals.get(column));
    }
    step.fromAbove().clear();
    step.fromAbove()
        .addAll(
            step.across()
                .apply(above)
                .add(step.horizontalMaps().apply(own))
                .split(sizes.width(), 0));
  }

  @Override
  public NDArray outputs(int row, int column) {
    PixelColumns before = pictures;
    NDArray sum = null;
    for (GatedPixelStep step : steps) {
      MaskedConvolution horizontal = step.layer().horizontalConvolution();
      NDArray left = step.horizontal().apply(horizontal.neighbours(before, row, column));
      NDArray gated = GatedPixelCnnNetwork.gated(left.add(step.fromAbove().get(column)), 1);
      NDArray skipped = step.skip().apply(gated);
      sum = sum == null ? skipped : sum.add(skipped);
      NDArray next = step.residual().apply(gated);
      step.horizontals()
          .put(row, column, step.layer().isFirst() ? next : next.add(before.at(row, column)));
      before = step.horizontals();
    }
    return heads.apply(sum.getNDArrayInternal().relu());
  }

  @Override
  public void put(int row, int column, NDArray pixel) {
    pictures.put(row, column, pixel);
  }

  @Override
  public void close() {
    pictures.close();
    steps.forEach(
        step -> {
          step.verticals().close();
          step.horizontals().close();
        });
  }
}
