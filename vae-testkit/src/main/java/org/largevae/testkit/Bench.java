package org.largevae.testkit;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ModelShape;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;

/**
 * A component set up as a model does it, apart: parameters, inputs and each pass have a manager of
 * their own, so that what was made where can be told.
 */
final class Bench<C extends Component> implements AutoCloseable {
  /** How many training examples there are. */
  private static final int EXAMPLES = 20;

  private final NDManager root;
  private final NDManager startManager;
  private final NDManager parameterManager;
  private final NDManager inputManager;
  private final NDManager passManager;
  private final C component;
  private final ModelShape shape;
  private final LatentSpace space;
  private final Encoder encoder;
  private final Map<Parameter, double[]> state = new LinkedHashMap<>();
  private int seed;

  /**
   * A bench with a component without values.
   *
   * @param component the component
   * @param shape the sizes it was made for
   * @param space where latents live
   * @param device where inputs and passes stand; parameters start on the CPU
   */
  Bench(C component, ModelShape shape, LatentSpace space, Device device) {
    this.root = NDManager.newBaseManager(device);
    this.startManager = root.newSubManager(Device.cpu());
    this.parameterManager = root.newSubManager();
    this.inputManager = root.newSubManager();
    this.passManager = root.newSubManager();
    this.component = component;
    this.shape = shape;
    this.space = space;
    this.encoder = space.isSphere() ? new SphereEncoder(shape) : new LinearGaussianEncoder(shape);
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
    boolean dependsOnBatch = component instanceof Prior prior && prior.dependsOnBatch();
    NDArray examples = examples(EXAMPLES, seed);
    return new ExampleContext(pass, encoder, examples, dependsOnBatch);
  }

  static void seed(int seed) {
    Engine.getInstance().setRandomSeed(seed);
  }

  /** Gives parameters their start. */
  Bench<C> initialize(int seed, boolean zeroExamples) {
    seed(seed);
    this.seed = seed;
    Start start = new BenchStart(startManager, shape, seed, zeroExamples);
    component.initialize(start);
    encoder.initialize(start);
    refresh();
    return this;
  }

  /** Brings state up to date, as it is before training and after an epoch. */
  private void refresh() {
    if (component instanceof Prior prior) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        prior.refresh(context(inference()));
      }
    }
    keepState();
  }

  /**
   * Moves all trained parameters from their start by noise, the same for the same seed, and brings
   * state up to date.
   *
   * @param deviation the noise's standard deviation
   */
  Bench<C> vary(int seed, double deviation) {
    Random random = new Random(seed);
    for (Parameter parameter : parameters().values()) {
      if (parameter.requiresGradient()) {
        double[] values = Arrays64.values(parameter.getArray());
        for (int i = 0; i < values.length; i++) {
          values[i] += deviation * random.nextGaussian();
        }
        assign(parameter, values, DataType.FLOAT32);
      }
    }
    refresh();
    return this;
  }

  /** Remembers what state, the parameters that are not trained, holds now. */
  void keepState() {
    state.clear();
    for (Parameter parameter : ownParameters().values()) {
      if (!parameter.requiresGradient()) {
        state.put(parameter, Arrays64.values(parameter.getArray()));
      }
    }
  }

  /** Gives state the values that it was last asked to remember, so that passes can be compared. */
  void restoreState() {
    state.forEach(
        (parameter, values) -> {
          NDArray array = parameter.getArray();
          try (NDArray old = Arrays64.create(root, values, array.getShape(), array.getDataType())) {
            array.set(new NDIndex("..."), old);
          }
        });
  }

  /** The present values of the component's parameters by their names. */
  Map<String, double[]> parameterValues() {
    Map<String, double[]> values = new LinkedHashMap<>();
    ownParameters()
        .forEach((name, parameter) -> values.put(name, Arrays64.values(parameter.getArray())));
    return values;
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

  /** Latents of the space, the same for the same seed. */
  NDArray latents(int rows, int seed) {
    return points(new Shape(rows), shape.latentSize(), seed);
  }

  /** Latents of the levels above, each (leading, M_j), the same for the same seed. */
  NDList latentsAbove(Shape leading, int seed) {
    NDList latents = new NDList();
    for (int size : shape.latentSizesAbove()) {
      latents.add(points(leading, size, seed + 1 + latents.size()));
    }
    return latents;
  }

  /** Points of the space that latents live in, shape (leading, size). */
  NDArray points(Shape leading, int size, int seed) {
    Random random = new Random(seed);
    double[] values = new double[(int) leading.size() * size];
    for (int from = 0; from < values.length; from += size) {
      System.arraycopy(space.point(size, random), 0, values, from, size);
    }
    return Arrays64.create(inputManager, values, leading.add(size), DataType.FLOAT32);
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

  /** Examples of the data's kinds, the same for the same seed. */
  NDArray examples(int rows, int seed) {
    return examples(inputManager, shape, rows, seed);
  }

  private static NDArray examples(NDManager manager, ModelShape shape, int rows, int seed) {
    Random random = new Random(seed);
    int dimensions = shape.dimensions();
    double[] values =
        IntStream.range(0, rows * dimensions)
            .mapToDouble(i -> KindValues.draw(shape.data().kind(i % dimensions), random))
            .toArray();
    return Arrays64.create(manager, values, new Shape(rows, dimensions), DataType.FLOAT32);
  }

  /** A batch of examples, some of whose values are missing if the data's may be. */
  Batch batch(NDArray x, int seed) {
    DataDescription data = shape.data();
    if (!data.hasMissing()) {
      return Batch.of(x);
    }
    int rows = (int) x.getShape().get(0);
    int dimensions = data.dimensions();
    Random random = new Random(seed);
    double[] known = new double[rows * dimensions];
    double[] fillers = new double[known.length];
    for (int i = 0; i < known.length; i++) {
      int value = i % dimensions;
      known[i] = data.mayBeMissing(value) && random.nextInt(3) == 0 ? 0 : 1;
      fillers[i] = (1 - known[i]) * data.kind(value).filler();
    }
    NDArray mask = Arrays64.create(inputManager, known, x.getShape(), x.getDataType());
    NDArray filled = Arrays64.create(inputManager, fillers, x.getShape(), x.getDataType());
    return new MaskedBatch(x.mul(mask).add(filled), Optional.of(mask));
  }

  /** Gives all parameters the values of another bench's. */
  void load(Bench<C> other) {
    Map<String, Parameter> from = other.parameters();
    parameters()
        .forEach(
            (name, parameter) ->
                assign(parameter, Arrays64.values(from.get(name).getArray()), DataType.FLOAT32));
    keepState();
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

  private record MaskedBatch(NDArray x, Optional<NDArray> observed) implements Batch {}

  private record BenchStart(NDManager manager, ModelShape shape, int seed, boolean zeros)
      implements Start {
    @Override
    public NDArray trainingExamples(int count) {
      return zeros
          ? manager.zeros(new Shape(count, shape.dimensions()))
          : examples(manager, shape, count, seed);
    }

    @Override
    public long trainingSize() {
      return EXAMPLES;
    }
  }
}
