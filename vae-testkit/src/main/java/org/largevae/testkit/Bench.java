package org.largevae.testkit;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.largevae.api.component.Component;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.data.Support;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;

/**
 * A component set up as a model does it, apart: parameters, inputs and each pass have a manager of
 * their own, so that what was made where can be told.
 */
final class Bench<C extends Component> implements AutoCloseable {
  /** How far parameters are moved from their start, where much is special. */
  private static final double VARIATION = 0.1;

  private final NDManager root;
  private final NDManager startManager;
  private final NDManager parameterManager;
  private final NDManager inputManager;
  private final NDManager passManager;
  private final C component;
  private final ModelShape shape;
  private final LinearGaussianEncoder encoder;

  /**
   * A bench with a component without values.
   *
   * @param component the component
   * @param shape the sizes it was made for
   * @param device where inputs and passes stand; parameters start on the CPU
   */
  Bench(C component, ModelShape shape, Device device) {
    this.root = NDManager.newBaseManager(device);
    this.startManager = root.newSubManager(Device.cpu());
    this.parameterManager = root.newSubManager();
    this.inputManager = root.newSubManager();
    this.passManager = root.newSubManager();
    this.component = component;
    this.shape = shape;
    this.encoder = new LinearGaussianEncoder(shape);
  }

  C component() {
    return component;
  }

  ModelShape shape() {
    return shape;
  }

  NDManager root() {
    return root;
  }

  /** Where parameters get their start. */
  NDManager startManager() {
    return startManager;
  }

  NDManager inputManager() {
    return inputManager;
  }

  NDManager passManager() {
    return passManager;
  }

  Pass inference() {
    return Pass.inference(passManager);
  }

  Pass training() {
    return Pass.training(passManager);
  }

  PriorContext context(Pass pass) {
    return new PriorContext(pass, encoder);
  }

  static void seed(int seed) {
    Engine.getInstance().setRandomSeed(seed);
  }

  /** Gives parameters their start. */
  Bench<C> initialize(int seed, boolean zeroExamples) {
    seed(seed);
    Start start = new ExampleStart(startManager, shape, seed, zeroExamples);
    component.initialize(start);
    encoder.initialize(start);
    return this;
  }

  /** Moves all parameters from their start by a little noise, the same for the same seed. */
  Bench<C> vary(int seed) {
    Random random = new Random(seed);
    for (Parameter parameter : parameters().values()) {
      double[] values = Arrays64.values(parameter.getArray());
      for (int i = 0; i < values.length; i++) {
        values[i] += VARIATION * random.nextGaussian();
      }
      assign(parameter, values, DataType.FLOAT32);
    }
    return this;
  }

  /** Gives a parameter a new array on the bench's device, as loading does. */
  void assign(Parameter parameter, double[] values, DataType type) {
    boolean trained = parameter.requiresGradient();
    parameter.close();
    parameter.setInitializer((manager, shape, t) -> Arrays64.create(manager, values, shape, t));
    parameter.initialize(parameterManager, type);
    parameter.freeze(!trained);
  }

  /**
   * The component's parameters by their names, and the encoder's where the component is a prior.
   */
  Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>(ownParameters());
    if (component instanceof Prior) {
      encoder
          .block()
          .orElseThrow()
          .getParameters()
          .forEach(p -> all.put("encoder's " + p.getKey(), p.getValue()));
    }
    return all;
  }

  /** The component's parameters by their names. */
  Map<String, Parameter> ownParameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    component
        .block()
        .ifPresent(block -> block.getParameters().forEach(p -> all.put(p.getKey(), p.getValue())));
    return all;
  }

  /** Standard normal latents, the same for the same seed. */
  NDArray latents(int rows, int seed) {
    return normal(new Shape(rows, shape.latentSize()), seed);
  }

  /** Standard normal values, the same for the same seed. */
  NDArray normal(Shape of, int seed) {
    Random random = new Random(seed);
    double[] values = new double[(int) of.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Arrays64.create(inputManager, values, of, DataType.FLOAT32);
  }

  /** Examples of the model's support, the same for the same seed. */
  NDArray examples(int rows, int seed) {
    return examples(inputManager, shape, rows, seed);
  }

  private static NDArray examples(NDManager manager, ModelShape shape, int rows, int seed) {
    Random random = new Random(seed);
    double[] values =
        IntStream.range(0, rows * shape.dimensions())
            .mapToDouble(i -> draw(shape.support(), random))
            .toArray();
    return Arrays64.create(manager, values, new Shape(rows, shape.dimensions()), DataType.FLOAT32);
  }

  /** Gives all parameters the values of another bench's. */
  void load(Bench<C> other) {
    Map<String, Parameter> from = other.parameters();
    parameters()
        .forEach(
            (name, parameter) ->
                assign(parameter, Arrays64.values(from.get(name).getArray()), DataType.FLOAT32));
  }

  private static double draw(Support support, Random random) {
    return switch (support) {
      case BINARY -> random.nextInt(2);
      case PIXEL_256 -> (random.nextInt(256) + 0.5) / 256;
      case REAL -> random.nextGaussian();
    };
  }

  /** Whether an array belongs to this bench: to its parameters, inputs or passes. */
  boolean owns(NDArray array) {
    for (NDManager at = array.getManager(); at != null; at = at.getParentManager()) {
      if (at == root) {
        return true;
      }
    }
    return false;
  }

  /** Copies of arrays that outlive their scope. */
  static double[][] values(NDList arrays) {
    return arrays.stream().map(Arrays64::values).toArray(double[][]::new);
  }

  @Override
  public void close() {
    root.close();
  }

  private record ExampleStart(NDManager manager, ModelShape shape, int seed, boolean zeros)
      implements Start {
    @Override
    public NDArray trainingExamples(int count) {
      return zeros
          ? manager.zeros(new Shape(count, shape.dimensions()))
          : examples(manager, shape, count, seed);
    }
  }
}
