package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Latents;
import org.largevae.api.tensor.ShapeException;
import org.largevae.networks.GatedDense;
import org.largevae.networks.LinearMap;
import org.largevae.networks.NetworkLayers;

/**
 * From latents to the maps that a decoder's convolutions start from: a gated dense layer for the
 * latents of each level, their outputs side by side, and one to the maps (Tomczak and Welling
 * 2018).
 */
final class LatentProjection {
  private final List<GatedDense> levels = new ArrayList<>();
  private final GatedDense joint;
  private final DataShape maps;

  /**
   * Maps; their parameters have no values yet.
   *
   * @param layers to which they are added
   * @param shape the lowest level's sizes
   * @param hidden the size of each level's layer
   * @param maps how many maps there are, and their sides
   */
  LatentProjection(NetworkLayers layers, ModelShape shape, int hidden, DataShape maps) {
    Stream.concat(shape.latentSizesAbove().stream(), Stream.of(shape.latentSize()))
        .forEach(size -> levels.add(layers.add("level", new GatedDense(size, hidden))));
    this.joint =
        layers.add("joint", new GatedDense((long) levels.size() * hidden, maps.dimensions()));
    this.maps = maps;
  }

  /**
   * The maps of latents.
   *
   * @param latents of all levels, top first, each (..., M_l) with N vectors
   * @param pass the current pass
   * @return shape (N, channels, H, W)
   * @throws ShapeException if levels are missing or their leading axes differ
   */
  NDArray of(Latents latents, Pass pass) {
    List<Shape> shapes = latents.levels().stream().map(NDArray::getShape).toList();
    if (shapes.size() != levels.size()
        || shapes.stream().anyMatch(shape -> shape.dimension() == 0)
        || shapes.stream().map(LatentProjection::leading).distinct().count() != 1) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "latents of shapes %s do not fit: the decoder takes those of %d levels, top first, of"
                  + " which only the last axis may differ",
              shapes,
              levels.size()));
    }
    List<NDArray> inputs = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      NDArray z = latents.levels().get(i);
      // the engine sums the bias' gradient over one axis more exactly than over several
      NDArray rows = z.reshape(leading(shapes.get(i)).size(), -1);
      inputs.add(pass.forward(levels.get(i), rows));
    }
    NDArray flat = pass.forward(joint, LinearMap.sideBySide(inputs));
    return flat.reshape(flat.getShape().get(0), maps.channels(), maps.height(), maps.width());
  }

  /**
   * The axes before the last.
   *
   * @param latents the shape of latents, (..., M)
   * @return (...)
   */
  static Shape leading(Shape latents) {
    return latents.slice(0, latents.dimension() - 1);
  }
}
