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
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Start;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.core.engine.HostMemory;
import org.largevae.core.engine.Seeds;
import org.largevae.core.model.ModelSettings;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;

/** Makes models from configurations and from components made by hand. */
public final class ModelFactory {

  /** Where initial values may come from: training examples of shape (count, D), by their count. */
  @FunctionalInterface
  public interface ExampleSource {
    /**
     * Training examples drawn without replacement.
     *
     * @param manager owns the result
     * @param count how many
     * @return shape (count, D), float32
     */
    NDArray draw(NDManager manager, int count);
  }

  private ModelFactory() {}

  /**
   * The components that a configuration asks for, without values yet.
   *
   * @param registry finds the providers
   * @param settings the section {@code model}
   * @param shape the model's sizes
   * @return the components
   * @throws ConfigurationException if a component is unknown or its settings are bad, or if the
   *     likelihood is not one for such data
   */
  public static Components assemble(Registry registry, ModelSettings settings, ModelShape shape) {
    Likelihood likelihood =
        registry
            .find(ComponentKind.LIKELIHOOD, settings.likelihood().text("type"))
            .create(settings.likelihood(), shape);
    checkSupport(settings.likelihood(), likelihood, shape);
    return new Components(
        registry
            .find(ComponentKind.ENCODER, settings.encoder().text("type"))
            .create(settings.encoder(), shape),
        registry
            .find(ComponentKind.DECODER, settings.decoder().text("type"))
            .create(settings.decoder(), shape, likelihood.parameterNames().size()),
        registry
            .find(ComponentKind.PRIOR, settings.prior().text("type"))
            .create(settings.prior(), shape),
        likelihood,
        new Components.Types(
            settings.encoder().text("type"),
            settings.decoder().text("type"),
            settings.prior().text("type"),
            settings.likelihood().text("type")));
  }

  /**
   * A model whose parameters have their start, the same on every device.
   *
   * @param components its parts, not yet initialised
   * @param shape its sizes
   * @param device where its parameters shall live
   * @param seed the experiment's seed
   * @param examples training examples, for components that start from them
   * @return the model, to be closed
   */
  public static VariationalAutoencoder initialize(
      Components components, ModelShape shape, Device device, long seed, ExampleSource examples) {
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    NDManager host = device.isGpu() ? NDManager.newBaseManager(Device.cpu(), "PyTorch") : manager;
    HostMemory.keepFreed(host);
    try (Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.INITIAL_VALUES, 0, 0)) {
      OneLevelAutoencoder model = start(components, shape, manager, host, examples);
      if (host != manager) {
        model.parameters().values().forEach(parameter -> move(parameter, manager));
      }
      return model;
    } catch (RuntimeException failure) {
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
   * @param components its parts, not yet initialised
   * @param shape its sizes
   * @param device where its parameters shall live
   * @return the model, to be closed
   */
  public static VariationalAutoencoder forLoading(
      Components components, ModelShape shape, Device device) {
    return initialize(
        components,
        shape,
        device,
        0,
        (manager, count) -> manager.zeros(new Shape(count, shape.dimensions())));
  }

  /** In a scope, so that only the parameters outlive it. */
  private static OneLevelAutoencoder start(
      Components components,
      ModelShape shape,
      NDManager manager,
      NDManager host,
      ExampleSource examples) {
    try (NDScope scope = new NDScope()) {
      Start start = new ExampleStart(host, examples);
      components.byName().values().forEach(component -> component.initialize(start));
      OneLevelAutoencoder model = new OneLevelAutoencoder(shape, manager, components);
      model.parameters().values().forEach(p -> NDScope.unregister(p.getArray()));
      return model;
    }
  }

  private static void checkSupport(Settings settings, Likelihood likelihood, ModelShape shape) {
    if (!likelihood.supports().contains(shape.support())) {
      throw settings.fault(
          "type",
          switch (shape.support()) {
            case BINARY ->
                "is not a likelihood of binary data; use bernoulli, or set"
                    + " dataset.binarization = none";
            case PIXEL_256 ->
                "is not a likelihood of 256 grey levels; use discretized-logistic, or"
                    + " binarise the data with dataset.binarization = static, dynamic or threshold";
            case REAL ->
                "is not a likelihood of real-valued data; use gaussian, or have the numbers taken"
                    + " for grey levels with dataset.values = pixels or unit, where the dataset has"
                    + " that key";
          });
    }
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

  private record ExampleStart(NDManager manager, ExampleSource examples) implements Start {
    @Override
    public NDArray trainingExamples(int count) {
      return examples.draw(manager, count);
    }
  }
}
