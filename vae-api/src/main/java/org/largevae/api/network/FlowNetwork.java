package org.largevae.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.distribution.Shapes;

/**
 * The small network in a step of a normalising flow, which computes the parameters of a map of
 * latents: dense layers with tanh, then a linear layer. It is dense, for a coupling, whose map of
 * some latents depends on others, or autoregressive: masks on its weights let the outputs for
 * latent i depend on the latents before i alone (MADE, Germain et al. 2015, arXiv:1502.03509).
 *
 * <p>The linear layer starts at zero, so that a flow starts at what zeros stand for. Hidden units
 * are bounded, and so are the outputs: latents far out do not make a flow explode.
 *
 * <p>Its parameters are those of the component that it is a part of: {@code NAME_1_weight}, {@code
 * NAME_1_bias}, {@code NAME_2_weight} and so on, and {@code NAME_context_weight}.
 */
public final class FlowNetwork {
  private final List<Layer> layers = new ArrayList<>();
  private final int inputs;
  private final Optional<Parameter> contextWeight;

  /**
   * A linear layer.
   *
   * @param mask ones and zeros like the weight; empty for a dense layer
   */
  private record Layer(Parameter weight, Parameter bias, Optional<float[]> mask) {

    NDArray apply(Function<Parameter, NDArray> values, NDArray x) {
      NDArray weights = values.apply(weight);
      NDArray masked =
          mask.map(ones -> x.getManager().create(ones, weights.getShape()))
              .map(ones -> ones.toType(weights.getDataType(), false).mul(weights))
              .orElse(weights);
      return x.getNDArrayInternal().linear(x, masked, values.apply(bias)).singletonOrThrow();
    }
  }

  private FlowNetwork(
      ParameterBlock block, String name, List<Integer> sizes, int context, List<int[]> degrees) {
    this.inputs = sizes.get(0);
    int last = sizes.size() - 1;
    for (int layer = 1; layer <= last; layer++) {
      int in = sizes.get(layer - 1);
      int out = sizes.get(layer);
      String prefix = name + "_" + layer;
      Initializer start = layer == last ? Initializer.ZEROS : normal(in);
      Optional<float[]> mask =
          degrees.isEmpty()
              ? Optional.empty()
              : Optional.of(mask(degrees.get(layer - 1), degrees.get(layer), layer == last));
      layers.add(
          new Layer(
              block.add(prefix + "_weight", new Shape(out, in), start),
              block.add(prefix + "_bias", new Shape(out), Initializer.ZEROS),
              mask));
    }
    Shape shape = new Shape(sizes.get(1), context);
    this.contextWeight =
        context == 0
            ? Optional.empty()
            : Optional.of(block.add(name + "_context_weight", shape, normal(context)));
  }

  /**
   * A network every output of which depends on every input.
   *
   * @param block gets the parameters
   * @param name of the network in the block
   * @param inputs the size of an input, at least 1
   * @param hidden the sizes of the hidden layers, first to last, at least one, each at least 1
   * @param outputs the size of an output, at least 1
   * @return the network; its parameters have no values yet
   */
  public static FlowNetwork dense(
      ParameterBlock block, String name, int inputs, List<Integer> hidden, int outputs) {
    return new FlowNetwork(block, name, sizes(inputs, hidden, outputs), 0, List.of());
  }

  /**
   * A network whose outputs for latent i depend on the context and on the latents before i: 1 to i
   * - 1 or, where the order is reversed, i + 1 to M.
   *
   * @param block gets the parameters
   * @param name of the network in the block
   * @param size M, the number of latents, at least 1
   * @param reversed whether the order is M to 1
   * @param hidden the sizes of the hidden layers, first to last, at least one, each at least 1
   * @param heads how many outputs there are for each latent; each M of them stand side by side
   * @param context the size of the context, 0 for none
   * @return the network; its parameters have no values yet
   */
  public static FlowNetwork autoregressive(
      ParameterBlock block,
      String name,
      int size,
      boolean reversed,
      List<Integer> hidden,
      int heads,
      int context) {
    List<int[]> degrees = new ArrayList<>();
    degrees.add(IntStream.range(0, size).map(i -> reversed ? size - i : i + 1).toArray());
    // units of degree 0 see the context alone; only from them can outputs for the first latent
    int lowest = context > 0 || size == 1 ? 0 : 1;
    for (int units : hidden) {
      degrees.add(IntStream.range(0, units).map(j -> lowest + j % (size - lowest)).toArray());
    }
    int[] latents = degrees.get(0);
    degrees.add(IntStream.range(0, heads * size).map(j -> latents[j % size]).toArray());
    return new FlowNetwork(block, name, sizes(size, hidden, heads * size), context, degrees);
  }

  private static List<Integer> sizes(int inputs, List<Integer> hidden, int outputs) {
    List<Integer> sizes = new ArrayList<>(List.of(inputs));
    sizes.addAll(hidden);
    sizes.add(outputs);
    return sizes;
  }

  /** Which of the units below each unit may see: those of no, or for outputs of lower degree. */
  private static float[] mask(int[] below, int[] above, boolean strict) {
    float[] mask = new float[above.length * below.length];
    for (int i = 0; i < mask.length; i++) {
      int from = below[i % below.length];
      int to = above[i / below.length];
      mask[i] = strict ? (to > from ? 1 : 0) : (to >= from ? 1 : 0);
    }
    return mask;
  }

  private static Initializer normal(int inputs) {
    float deviation = (float) Math.sqrt(1.0 / inputs);
    return (manager, shape, type) -> manager.randomNormal(0, deviation, shape, type);
  }

  /**
   * The outputs of a network without context.
   *
   * @param values gives the parameters' values, {@code pass::value} or a change of these
   * @param x shape (..., inputs)
   * @return shape (..., outputs)
   * @throws org.largevae.api.tensor.ShapeException if the last axis of x is another
   */
  public NDArray apply(Function<Parameter, NDArray> values, NDArray x) {
    return apply(values, x, Optional.empty());
  }

  /**
   * The outputs of a network with context.
   *
   * @param values gives the parameters' values, {@code pass::value} or a change of these
   * @param x shape (..., inputs)
   * @param context shape (..., context), whose leading axes broadcast against those of x
   * @return shape (..., outputs)
   * @throws org.largevae.api.tensor.ShapeException if the last axis of x is another
   */
  public NDArray apply(Function<Parameter, NDArray> values, NDArray x, NDArray context) {
    return apply(values, x, Optional.of(context));
  }

  private NDArray apply(Function<Parameter, NDArray> values, NDArray x, Optional<NDArray> context) {
    Shapes.requireEvent(x, inputs);
    if (context.isPresent() != contextWeight.isPresent()) {
      throw new IllegalArgumentException(
          contextWeight.isPresent()
              ? "the network needs a context"
              : "the network takes no context");
    }
    NDArray units = layers.get(0).apply(values, x);
    if (context.isPresent()) {
      NDArray weights = values.apply(contextWeight.orElseThrow());
      units = units.add(context.orElseThrow().matMul(weights.transpose()));
    }
    for (Layer layer : layers.subList(1, layers.size())) {
      units = layer.apply(values, units.tanh());
    }
    return units;
  }
}
