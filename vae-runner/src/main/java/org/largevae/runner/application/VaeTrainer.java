package org.largevae.runner.application;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.core.engine.OneTraining;
import org.largevae.core.engine.PyTorch;
import org.largevae.runner.experiment.Experiment;
import org.largevae.runner.experiment.ExperimentLoader;
import org.largevae.runner.experiment.Hocon;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.core.training.TrainingListener;

/**
 * Trains a variational autoencoder on examples in memory:
 *
 * <pre>{@code
 * try (TrainedVae vae =
 *     VaeTrainer.on(examples, new DataShape(1, 28, 28), Support.BINARY)
 *         .set("model.prior.type", "vampprior")
 *         .set("training.epochs", 20)
 *         .train()) {
 *   double[] scores = vae.logLikelihood(others, 100, 1);
 * }
 * }</pre>
 *
 * <p>The configuration has the keys of an experiment's file, with the same defaults, but for the
 * likelihood, which follows the data: {@code bernoulli} for binary data, {@code
 * discretized-logistic} for pixels, {@code gaussian} for real numbers. Of two settings of one key
 * the later counts; choosing a component drops what was set for the one before it. The examples are
 * split into training, validation and test as {@code dataset.split} says; the weights of the epoch
 * with the least validation loss are kept.
 *
 * <p>Not for use by several threads at a time; a process trains one model at a time.
 */
public final class VaeTrainer {
  private static final String SOURCE = "the trainer's configuration";
  private static final String BINARIZATION = "dataset.binarization";

  private final TrainingData data;
  private ComponentSet components =
      new ComponentSet(List.of(), new ServiceRegistry(VaeTrainer.class.getClassLoader()));
  private final List<ConfigObject> layers = new ArrayList<>();
  private TrainingListener listener = new TrainingListener() {};
  private BooleanSupplier cancelled = () -> false;
  private Path output;
  private boolean resume;

  private VaeTrainer(TrainingData data) {
    this.data = data;
  }

  /**
   * Trains on arrays.
   *
   * @param examples shape (N, D), each example channel by channel, row by row; copied
   * @param shape the shape of an example, D values in all
   * @param support which values they have: 0 or 1, pixels as (p + 0.5) / 256, or any finite number
   * @return a trainer with the default configuration
   * @throws org.largevae.api.tensor.ShapeException if an example has another length
   * @throws org.largevae.api.data.DataException if there are none or a value is none of the
   *     support's
   */
  public static VaeTrainer on(float[][] examples, DataShape shape, Support support) {
    return new VaeTrainer(TrainingData.of(examples, shape, support));
  }

  /**
   * Trains on pictures. The model sees 256 grey levels, or binary values where {@code
   * dataset.binarization} is set.
   *
   * @param images of one size; copied
   * @param channels 1 for grey, 3 for RGB; colours are converted
   * @return a trainer with the default configuration
   * @throws org.largevae.api.data.DataException if there are none or they differ in size
   */
  public static VaeTrainer on(List<BufferedImage> images, int channels) {
    return new VaeTrainer(TrainingData.of(images, channels));
  }

  /**
   * Sets a key of the configuration.
   *
   * @param key for example {@code model.latent-size}
   * @param value a text, a number, a truth value, or a list of these
   * @return this
   * @throws ConfigurationException if it is no key; whether there is such a key, and whether the
   *     value suits it, shows in {@link #train()}
   */
  public VaeTrainer set(String key, Object value) {
    try {
      layers.add(ConfigValueFactory.fromAnyRef(value, SOURCE).atPath(key).root());
      return this;
    } catch (ConfigException fault) {
      throw new ConfigurationException(
          "\"" + key + "\" = " + value + ": " + fault.getMessage(), fault);
    }
  }

  /**
   * Sets keys of the configuration.
   *
   * @param hocon for example {@code model.prior { type = vampprior, pseudo-inputs = 100 }}
   * @return this
   * @throws ConfigurationException if it is not HOCON; whether there are such keys shows in {@link
   *     #train()}
   */
  public VaeTrainer configure(String hocon) {
    layers.add(Hocon.parse(hocon, SOURCE));
    return this;
  }

  /**
   * Adds a component that is not installed and chooses it.
   *
   * @param provider a provider, for example from {@link Providers}
   * @return this
   * @throws ConfigurationException if its name is taken
   */
  public VaeTrainer component(Provider provider) {
    components = components.with(Objects.requireNonNull(provider, "provider is null"));
    ComponentKind<?> kind = ComponentSet.kind(provider);
    return set(kind.section() + "." + kind.nameKey(), provider.name());
  }

  /**
   * Takes components from a registry, in place of those on the class path of this library.
   *
   * @param registry finds components
   * @return this
   */
  public VaeTrainer registry(Registry registry) {
    components =
        new ComponentSet(components.own(), Objects.requireNonNull(registry, "registry is null"));
    return this;
  }

  /**
   * The seed of all randomness; the same as {@code experiment.seed}.
   *
   * @param seed any number
   * @return this
   */
  public VaeTrainer seed(long seed) {
    return set("experiment.seed", seed);
  }

  /**
   * Where to train; the same as {@code experiment.device}.
   *
   * @param name {@code auto} for the first GPU or else the CPU, {@code cpu}, {@code gpu} or {@code
   *     gpu:N}
   * @return this
   */
  public VaeTrainer device(String name) {
    return set("experiment.device", name);
  }

  /**
   * The part of the examples by which the best epoch is chosen; the same as {@code dataset.split =
   * [1 - 2f, f, f]}: as many again are held back for a run's test results.
   *
   * @param fraction f, above 0 and below 0.5
   * @return this
   */
  public VaeTrainer validationFraction(double fraction) {
    if (!(fraction > 0 && fraction < 0.5)) {
      throw new IllegalArgumentException(
          "validation fraction " + fraction + " is not above 0 and below 0.5");
    }
    // in decimal: in binary the sum may fall short of 1
    BigDecimal held = BigDecimal.valueOf(fraction);
    double training = BigDecimal.ONE.subtract(held).subtract(held).doubleValue();
    return set("dataset.split", List.of(training, fraction, fraction));
  }

  /**
   * Who hears how training goes on, in the thread that trains.
   *
   * @param listener the listener
   * @return this
   */
  public VaeTrainer listener(TrainingListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener is null");
    return this;
  }

  /**
   * What can end training early.
   *
   * @param cancelled asked before every step, in the thread that trains; for example {@code
   *     flag::get} of an {@link java.util.concurrent.atomic.AtomicBoolean}
   * @return this
   */
  public VaeTrainer cancelledBy(BooleanSupplier cancelled) {
    this.cancelled = Objects.requireNonNull(cancelled, "cancelled is null");
    return this;
  }

  /**
   * Leaves a run's folder: configuration, checkpoints, metrics, results on the test examples,
   * figures and report. {@link TrainedVae#open} opens it later. The examples are not in it.
   *
   * @param folder empty or missing
   * @return this
   */
  public VaeTrainer output(Path folder) {
    this.output = Objects.requireNonNull(folder, "folder is null");
    return this;
  }

  /**
   * Goes on with the run that the output folder holds, if it holds one. The examples and the
   * configuration must be those of that run; only the number of epochs may differ.
   *
   * @return this
   */
  public VaeTrainer resume() {
    this.resume = true;
    return this;
  }

  /**
   * Trains.
   *
   * @return the model with its best weights, to be closed
   * @throws ConfigurationException if the configuration is wrong, the output folder cannot be used,
   *     or the engine's native library is missing
   * @throws IllegalStateException if another thread of this process trains
   * @throws org.largevae.api.files.OutputException if writing to the output folder fails
   * @throws org.largevae.core.training.DivergedException if a loss or gradient is not finite
   * @throws org.largevae.core.training.TrainingInterruptedException if it was cancelled
   */
  public TrainedVae train() {
    PyTorch.start();
    List<Provider> own = new ArrayList<>(components.own());
    own.add(new InMemoryProvider(data.dataset()));
    ComponentSet known = new ComponentSet(own, components.installed());
    ExperimentLoader loader = new ExperimentLoader(known);
    try (OneTraining turn = OneTraining.begin()) {
      Config given = given();
      List<ConfigObject> all = new ArrayList<>(layers);
      all.add(0, base(given));
      Experiment experiment = loader.load(all);
      requireInMemory(experiment);
      if (given.hasPath("experiment.threads")) {
        PyTorch.useThreads(experiment.threads());
      }
      Training training = new Training(experiment, known, listener, cancelled);
      return output == null
          ? training.inMemory(data.dataset())
          : training.inFolder(output, resume, loader, data.dataset());
    }
  }

  /** What was set, whether or not there are such keys. */
  private Config given() {
    Config merged = ConfigFactory.empty(SOURCE);
    for (ConfigObject layer : layers) {
      merged = layer.toConfig().withFallback(merged);
    }
    return merged;
  }

  /** What the data call for where nothing else was said. */
  private ConfigObject base(Config given) {
    boolean binarised =
        given.hasPath(BINARIZATION) && !given.getValue(BINARIZATION).unwrapped().equals("none");
    Map<String, Object> base = new HashMap<>();
    base.put("experiment.name", InMemoryProvider.NAME);
    base.put("dataset.name", InMemoryProvider.NAME);
    if (data.support() == Support.BINARY) {
      base.put(BINARIZATION, "threshold");
    }
    base.put("model.likelihood.type", binarised ? "bernoulli" : data.likelihood());
    return ConfigFactory.parseMap(base, "the defaults for these data").root();
  }

  private static void requireInMemory(Experiment experiment) {
    if (!experiment.dataset().text("name").equals(InMemoryProvider.NAME)) {
      throw experiment.dataset().fault("name", "the data have been given as arrays; leave it out");
    }
  }
}
