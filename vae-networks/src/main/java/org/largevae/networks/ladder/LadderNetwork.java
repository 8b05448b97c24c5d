package org.largevae.networks.ladder;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ModelShape;
import org.largevae.networks.EncoderInput;
import org.largevae.networks.GatedDense;
import org.largevae.networks.LinearMap;
import org.largevae.networks.NetworkLayers;

/**
 * The gated dense layers of a ladder. Up: {@code d_l = f_l(d_{l-1})}, {@code d_0 = x}; what x says
 * of level l is a linear map of d_l. Down: {@code h_l = g_l(z_{l+1})}; what the level above says of
 * level l is a linear map of h_l, which starts at a tenth of the usual size, so that all {@code
 * p(z_l | z above)} start near N(0, I).
 */
final class LadderNetwork implements Component {
  private static final double SMALL_START = 0.1;

  private final EncoderInput input;
  private final NetworkLayers blocks = new NetworkLayers();
  private final List<Block> up = new ArrayList<>();
  private final List<Block> recognition = new ArrayList<>();
  private final List<Block> down = new ArrayList<>();
  private final List<Block> generation = new ArrayList<>();

  /**
   * A network; its parameters have no values yet.
   *
   * @param settings the sizes
   * @param lowest the lowest level's sizes
   */
  LadderNetwork(LadderVaeSettings settings, ModelShape lowest) {
    this.input = new EncoderInput(ModelShape.of(lowest.data(), lowest.latentSize()));
    boolean takesBoth = settings.merge() != Merge.PRECISION_WEIGHTED;
    List<Integer> hidden = settings.hidden();
    List<Integer> latents = settings.latentSizes();
    for (int level = 0; level < settings.levels(); level++) {
      boolean isLowest = level == settings.levels() - 1;
      int units = hidden.get(level);
      int below = isLowest ? input.sizes().get(0) : hidden.get(level + 1);
      up.add(blocks.add("up", layers(below, units, settings.layers())));
      boolean both = takesBoth && level > 0;
      SequentialBlock heads = new SequentialBlock();
      if (both) {
        heads.add(new GatedDense(2L * units, units));
      }
      heads.add(new LadderHeads(units, latents.get(level), both ? SMALL_START : 1));
      recognition.add(blocks.add("recognition", heads));
      if (level > 0) {
        down.add(blocks.add("down", layers(latents.get(level - 1), units, settings.layers())));
        generation.add(
            blocks.add("generation", new LadderHeads(units, latents.get(level), SMALL_START)));
      }
    }
  }

  private static Block layers(int inputs, int units, int count) {
    SequentialBlock layers = new SequentialBlock();
    for (int layer = 0; layer < count; layer++) {
      layers.add(new GatedDense(layer == 0 ? inputs : units, units));
    }
    return layers;
  }

  @Override
  public Optional<Block> block() {
    return Optional.of(blocks);
  }

  /**
   * The way up.
   *
   * @return d_l of each level, top first, each (B, H_l)
   */
  List<NDArray> up(Batch batch, Pass pass) {
    List<NDArray> features = new ArrayList<>();
    NDArray current = input.of(batch);
    for (int level = up.size() - 1; level >= 0; level--) {
      current = pass.forward(up.get(level), current);
      features.add(0, current);
    }
    return features;
  }

  /** What x says of a level, from d_l alone, shape (B, 2 M_l). */
  NDArray recognition(int level, NDArray features, Pass pass) {
    return pass.forward(recognition.get(level), features);
  }

  /** What x and the level above say of a level, from d_l and h_l, shape (..., 2 M_l). */
  NDArray recognition(int level, NDArray features, NDArray down, Pass pass) {
    NDArray both = LinearMap.sideBySide(LinearMap.repeated(List.of(features, down)));
    return pass.forward(recognition.get(level), both);
  }

  /** h_l of a level below the top, shape (..., H_l). */
  NDArray down(int level, NDArray above, Pass pass) {
    return pass.forward(down.get(level - 1), above);
  }

  /** What the level above says of a level, from h_l, shape (..., 2 M_l). */
  NDArray generation(int level, NDArray down, Pass pass) {
    return pass.forward(generation.get(level - 1), down);
  }
}
