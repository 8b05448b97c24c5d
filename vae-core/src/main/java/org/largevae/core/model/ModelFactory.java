package org.largevae.core.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.largevae.api.component.ClassNames;
import org.largevae.api.component.Start;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.model.Model;
import org.largevae.core.data.BatchedExamples;
import org.largevae.core.engine.HostMemory;
import org.largevae.core.engine.MachineMemory;
import org.largevae.core.engine.Seeds;

/** Gives the parameters of a model their start, or room to be loaded. */
public final class ModelFactory {

  /** The weights themselves, their gradients and the optimiser's two moments. */
  private static final int COPIES_IN_TRAINING = 4;

  private ModelFactory() {}

  /**
   * A model whose parameters have their start, the same on every device.
   *
   * @param model without values yet
   * @param types what people call its components, by the components' names
   * @param device where its parameters shall live
   * @param seed the experiment's seed
   * @param training the training examples, for components that start from them or are made of them
   * @return the model, to be closed
   * @throws ConfigurationException if its parameters exceed the memory of this machine
   */
  public static ParameterizedModel initialize(
      Model model, Map<String, String> types, Device device, long seed, BatchedExamples training) {
    return initialize(model, types, device, seed, Optional.of(training), training::size);
  }

  private static ParameterizedModel initialize(
      Model model,
      Map<String, String> types,
      Device device,
      long seed,
      Optional<BatchedExamples> training,
      LongSupplier trainingSize) {
    requireUnused(model);
    requireRoom(model, training.isPresent() ? COPIES_IN_TRAINING : 1);
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    NDManager host = device.isGpu() ? NDManager.newBaseManager(Device.cpu(), "PyTorch") : manager;
    HostMemory.keepFreed(host);
    try (Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.INITIAL_VALUES, 0, 0)) {
      ExampleStart start =
          new ExampleStart(host, model.data().dimensions(), seed, training, trainingSize);
      ParameterizedModel started = start(model, types, manager, start);
      if (host != manager) {
        started.parameters().values().forEach(parameter -> move(parameter, manager));
      }
      return started;
    } catch (RuntimeException failure) {
      // the components can be used again
      parameters(model).forEach(Parameter::close);
      manager.close();
      throw failure;
    } finally {
      if (host != manager) {
        host.close();
      }
    }
  }

  /**
   * A model whose parameters are about to be loaded; nothing is drawn from data.
   *
   * @param model without values yet
   * @param types what people call its components, by the components' names
   * @param device where its parameters shall live
   * @return the model, to be closed
   */
  public static ParameterizedModel forLoading(
      Model model, Map<String, String> types, Device device) {
    return forLoading(
        model,
        types,
        device,
        () -> {
          throw new UnsupportedOperationException("it is not known what the model was trained on");
        });
  }

  /**
   * A model whose parameters are about to be loaded; nothing is drawn from data.
   *
   * @param model without values yet
   * @param types what people call its components, by the components' names
   * @param device where its parameters shall live
   * @param trainingSize asked where a component has to know how many examples it was trained on
   * @return the model, to be closed
   */
  public static ParameterizedModel forLoading(
      Model model, Map<String, String> types, Device device, LongSupplier trainingSize) {
    return initialize(model, types, device, 0, Optional.empty(), trainingSize);
  }

  /**
   * What components made by hand are called: by their classes, see {@link ClassNames}.
   *
   * @param model the model
   * @return by the components' names
   */
  public static Map<String, String> classNames(Model model) {
    Map<String, String> names = new LinkedHashMap<>();
    model
        .components()
        .forEach((name, component) -> names.put(name, ClassNames.of(component.getClass())));
    return names;
  }

  /**
   * How many values the parameters have whose shapes are known before they are made.
   *
   * @param model without values yet
   * @return their number
   * @throws ArithmeticException if it exceeds a long
   */
  public static long declaredValues(Model model) {
    long values = 0;
    for (Parameter parameter : parameters(model).toList()) {
      values = Math.addExact(values, values(parameter.getShape()));
    }
    return values;
  }

  /** What the system promises may be more than it has: it then ends the process without a word. */
  private static void requireRoom(Model model, int copies) {
    double values =
        parameters(model).mapToDouble(parameter -> elements(parameter.getShape())).sum();
    double bytes = values * Float.BYTES * copies;
    if (bytes > MachineMemory.bytes()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "the model has %,.0f parameters, which take %s%s, but this machine has %s of memory;"
                  + " make model.latent-size%s, model.encoder.hidden, model.decoder.hidden or"
                  + " model.prior.pseudo-inputs smaller",
              values,
              MachineMemory.show(bytes),
              copies > 1 ? " with their gradients and the optimiser's moments" : "",
              MachineMemory.show(MachineMemory.bytes()),
              model.latentSizes().size() > 1 ? "s" : ""));
    }
  }

  private static double elements(Shape shape) {
    return shape == null
        ? 0
        : Arrays.stream(shape.getShape()).mapToDouble(size -> size).reduce(1, (a, b) -> a * b);
  }

  private static Stream<Parameter> parameters(Model model) {
    return model.components().values().stream()
        .flatMap(component -> component.block().stream())
        .flatMap(block -> block.getParameters().values().stream());
  }

  private static long values(Shape shape) {
    long values = shape == null ? 0 : 1;
    for (int axis = 0; shape != null && axis < shape.dimension(); axis++) {
      values = Math.multiplyExact(values, shape.get(axis));
    }
    return values;
  }

  /** In a scope, so that only the parameters outlive it. */
  private static ParameterizedModel start(
      Model model, Map<String, String> types, NDManager manager, ExampleStart start) {
    try (NDScope scope = new NDScope()) {
      model.components().values().forEach(component -> component.initialize(start));
      ParameterizedModel started =
          new ParameterizedModel(
              model, types, manager, start.training.map(examples -> examples), start.askedSize);
      started.arrays().values().forEach(NDScope::unregister);
      return started;
    }
  }

  /** A component's parameters have one array each. */
  private static void requireUnused(Model model) {
    model
        .components()
        .forEach(
            (name, component) ->
                component.block().stream()
                    .flatMap(block -> block.getParameters().values().stream())
                    .filter(Parameter::isInitialized)
                    .findFirst()
                    .ifPresent(
                        used -> {
                          throw new IllegalStateException(
                              "the "
                                  + name
                                  + " belongs to a model that is open already; close that one, or"
                                  + " make new components");
                        }));
  }

  /** Through bytes, since DJL lets a parameter's array be replaced only by loading it. */
  private static void move(Parameter parameter, NDManager manager) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      parameter.save(new DataOutputStream(bytes));
      boolean trainable = parameter.requiresGradient();
      parameter.close();
      parameter.load(manager, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      parameter.freeze(!trainable);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (MalformedModelException failure) {
      throw new IllegalStateException("a parameter just saved could not be loaded", failure);
    }
  }

  /** Zeros stand for training examples where a start is about to be replaced by loaded values. */
  private static final class ExampleStart implements Start {
    private final NDManager manager;
    private final int dimensions;
    private final long seed;
    private final Optional<BatchedExamples> training;
    private final LongSupplier size;
    private OptionalLong askedSize = OptionalLong.empty();

    ExampleStart(
        NDManager manager,
        int dimensions,
        long seed,
        Optional<BatchedExamples> training,
        LongSupplier size) {
      this.manager = manager;
      this.dimensions = dimensions;
      this.seed = seed;
      this.training = training;
      this.size = size;
    }

    @Override
    public NDManager manager() {
      return manager;
    }

    @Override
    public NDArray trainingExamples(int count) {
      return training
          .map(e -> e.draw(manager, count, Seeds.of(seed, Seeds.Purpose.INITIAL_VALUES, 0, 0)))
          .orElseGet(() -> manager.zeros(new Shape(count, dimensions)));
    }

    @Override
    public long trainingSize() {
      askedSize = OptionalLong.of(size.getAsLong());
      return askedSize.getAsLong();
    }
  }
}
