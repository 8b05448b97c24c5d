package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Latents;
import org.largevae.api.tensor.ShapeException;
import org.largevae.networks.GatedDense;
import org.largevae.networks.LinearHeads;
import org.largevae.networks.LinearMap;
import org.largevae.networks.NetworkLayers;

/**
 * From what convolutions made of an example to the posterior's parameters. At the top of a model
 * that is one linear map. Below other levels each of their latents has a gated dense layer of its
 * own; the outputs stand beside the example's features, which are computed once for all draws of
 * these latents, and one more gated dense layer comes before the linear map (Tomczak and Welling
 * 2018).
 */
final class PosteriorHeads {
  private final List<GatedDense> above = new ArrayList<>();
  private final List<GatedDense> joint = new ArrayList<>();
  private final LinearHeads heads;

  /**
   * Heads; their parameters have no values yet.
   *
   * @param layers to which they are added
   * @param features F, how many numbers convolutions made of an example
   * @param shape the encoder's level's sizes
   * @param hidden the size of the gated dense layer below other levels
   * @param parameters how many the posterior takes
   */
  PosteriorHeads(
      NetworkLayers layers, long features, ModelShape shape, int hidden, long parameters) {
    for (int size : shape.latentSizesAbove()) {
      above.add(layers.add("above", new GatedDense(size, features)));
    }
    long inputs = features;
    if (!above.isEmpty()) {
      joint.add(layers.add("joint", new GatedDense(features * (1 + above.size()), hidden)));
      inputs = hidden;
    }
    this.heads = layers.add("heads", new LinearHeads(inputs, parameters));
  }

  /**
   * The posterior's parameters.
   *
   * @param features of B examples, shape (B, F)
   * @param latents of the levels above, each (..., B, M_j)
   * @param pass the current pass
   * @return shape (..., B, parameters)
   * @throws ShapeException if the latents do not fit
   */
  NDArray of(NDArray features, Latents latents, Pass pass) {
    List<NDArray> levels = latents.levels();
    long count = features.getShape().get(0);
    requireFit(levels, count);
    if (levels.isEmpty()) {
      return pass.forward(heads, features);
    }
    Shape first = levels.get(0).getShape();
    Shape leading = first.slice(0, first.dimension() - 1);
    List<NDArray> inputs = new ArrayList<>();
    inputs.add(features.broadcast(leading.add(features.getShape().get(1))));
    for (int i = 0; i < levels.size(); i++) {
      inputs.add(pass.forward(above.get(i), levels.get(i)));
    }
    NDArray all = LinearMap.sideBySide(inputs);
    // the engine sums the bias' gradient over one axis more exactly than over several
    NDArray hidden = pass.forward(joint.get(0), all.reshape(leading.size(), -1));
    NDArray rows = pass.forward(heads, hidden);
    return rows.reshape(leading.add(rows.getShape().get(1)));
  }

  private void requireFit(List<NDArray> levels, long count) {
    boolean fits = levels.size() == above.size();
    for (NDArray z : levels) {
      int rank = z.getShape().dimension();
      fits &= rank >= 2 && z.getShape().get(rank - 2) == count;
    }
    if (!fits) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "latents above of shapes %s do not fit %d examples: the encoder takes those of %d"
                  + " levels, each of shape (..., %2$d, M)",
              levels.stream().map(NDArray::getShape).toList(),
              count,
              above.size()));
    }
  }
}
