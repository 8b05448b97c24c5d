package org.largevae.runner.run;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.typesafe.config.Config;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.core.engine.Devices;
import org.largevae.core.engine.TrainingPermit;
import org.largevae.core.folder.FirstStage;
import org.largevae.core.folder.Provenance;
import org.largevae.core.folder.RunFolder;
import org.largevae.core.folder.TrainingSession;
import org.largevae.core.model.ModelAssembly;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.core.registry.Registry;
import org.largevae.core.results.Results;
import org.largevae.core.training.TrainingListener;
import org.largevae.core.training.TrainingSettings;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.configuration.ExperimentLoader;

/** Carries out experiments in this process, one after another. */
public final class InProcessRunner implements ExperimentRunner {
  /** What may differ when a run goes on: how long it goes, where, and what is kept where. */
  private static final List<String> MAY_CHANGE =
      List.of(
          "training.epochs",
          "training.checkpoint-seconds",
          "dataset.mapped",
          "experiment.device",
          "experiment.threads",
          // how the trained model is evaluated
          "evaluation.importance-samples",
          "evaluation.validation-importance-samples",
          "evaluation.batch-rows",
          "model.prior.normaliser-samples");

  private final Registry registry;
  private final ExperimentLoader experiments;
  private final DataLoading data;

  /**
   * A runner.
   *
   * @param registry finds the components
   * @param experiments reads and writes configurations
   * @param data loads the data
   */
  @Inject
  public InProcessRunner(Registry registry, ExperimentLoader experiments, DataLoading data) {
    this.registry = registry;
    this.experiments = experiments;
    this.data = data;
  }

  @Override
  public Results run(RunRequest request, TrainingListener listener, BooleanSupplier cancelled) {
    return prepare(
        request,
        listener,
        cancelled,
        (dataset, model, first, session) -> carryOut(request, dataset, model, first, session));
  }

  @Override
  public TrainingPlan plan(RunRequest request, TrainingListener listener) {
    return prepare(
        request,
        listener,
        () -> false,
        (dataset, model, first, session) -> plan(request, dataset, model));
  }

  /** What is done with an experiment that has passed all checks. */
  private interface PreparedWork<T> {
    T with(
        PreparedDataset dataset,
        ParameterizedModel model,
        Optional<FirstStage> first,
        TrainingSession session);
  }

  /** Writes nothing itself. */
  private <T> T prepare(
      RunRequest request,
      TrainingListener listener,
      BooleanSupplier cancelled,
      PreparedWork<T> work) {
    try (TrainingPermit permit = TrainingPermit.begin()) {
      RunFolder.requireUsable(request.output());
      requireFitting(request);
      Experiment experiment = request.experiment();
      Optional<FirstStage> first = firstStage(request);
      listener.onPhase("loading " + experiment.dataset());
      PreparedDataset dataset = load(request);
      first.ifPresent(stage -> requireSameExamples(stage, request, dataset));
      listener.onPhase(counts(dataset));
      Device device = Devices.choose(experiment.device());
      try (NDManager manager = NDManager.newBaseManager(device, "PyTorch")) {
        Partitions partitions = Partitions.of(manager, dataset);
        TrainingSession session =
            new TrainingSession(
                experiment.training(),
                ExperimentAssembly.objective(registry, experiment),
                experiment.seed(),
                partitions.training(),
                partitions.validation(),
                listener,
                cancelled);
        try (ParameterizedModel model =
            ModelFactory.initialize(
                ExperimentAssembly.model(registry, experiment, dataset.data()),
                ModelAssembly.types(experiment.section("model")),
                device,
                experiment.seed(),
                partitions.training())) {
          first.ifPresent(
              stage -> listener.onPhase(stage.load(model, experiment.training().frozen())));
          session.rehearse(model);
          return work.with(dataset, model, first, session);
        }
      }
    } catch (SettingException broken) {
      throw request.experiment().section("training").fault(broken.key(), broken.rule());
    }
  }

  private static Optional<FirstStage> firstStage(RunRequest request) {
    Optional<Path> run = request.resume() ? Optional.of(request.output()) : Optional.empty();
    return FirstStage.of(request.experiment().training(), run);
  }

  private void requireSameExamples(FirstStage first, RunRequest request, PreparedDataset dataset) {
    new FirstStageCheck(first, request.experiment(), experiments)
        .requireSameExamples(dataset, request.allowChangedData());
  }

  private Results carryOut(
      RunRequest request,
      PreparedDataset dataset,
      ParameterizedModel model,
      Optional<FirstStage> first,
      TrainingSession session) {
    session.listener().onPhase(String.format(Locale.ROOT, "model: %,d parameters", model.size()));
    try (RunFolder folder = RunFolder.open(request.output())) {
      // since the first look another process may have begun a run there, and even ended it
      requireFitting(request);
      Experiment experiment = request.experiment();
      String configuration = experiments.render(experiment);
      return new Run(experiment, configuration, folder, dataset, model, first, session).carryOut();
    }
  }

  private static TrainingPlan plan(
      RunRequest request, PreparedDataset dataset, ParameterizedModel model) {
    Experiment experiment = request.experiment();
    DataDescription data = dataset.data();
    TrainingSettings training = experiment.training();
    return new TrainingPlan(
        dataset.name(),
        data.shape().toString(),
        data.dimensions(),
        IntStream.range(0, data.dimensions())
            .mapToObj(value -> data.kind(value).name())
            .distinct()
            .toList(),
        dataset.training().size(),
        dataset.validation().size(),
        dataset.test().size(),
        model.types(),
        model.model().latentSizes().stream().mapToInt(Integer::intValue).sum(),
        model.size(),
        training.epochs(),
        training.batchSize(),
        training.stepsPerEpoch(dataset.training().size()),
        experiment.section("training.objective").text("type"),
        Settings.spelling(training.optimizer().type()),
        training.optimizer().learningRate(),
        training.startFrom().orElse(null),
        training.frozen(),
        Devices.name(model.manager().getDevice()),
        experiment.threads(),
        request.output().toString(),
        request.resume());
  }

  private PreparedDataset load(RunRequest request) {
    return request.resume() && Provenance.isBegun(request.output())
        ? data.reload(request.experiment(), request.output(), request.allowChangedData())
        : data.load(request.experiment());
  }

  private static String counts(PreparedDataset dataset) {
    int training = dataset.training().size();
    int validation = dataset.validation().size();
    int test = dataset.test().size();
    DataShape shape = dataset.data().shape();
    return String.format(
        Locale.ROOT,
        "%s: %,d examples of %s: %,d for training, %,d for validation, %,d for test",
        dataset.name(),
        training + validation + test,
        shape.height() == 1 && shape.channels() == 1 ? shape.width() + " values" : shape,
        training,
        validation,
        test);
  }

  private void requireFitting(RunRequest request) {
    if (request.resume()) {
      requireSameRun(request.experiment(), request.output());
    } else {
      RunFolder.requireFree(request.output());
    }
  }

  private void requireSameRun(Experiment experiment, Path output) {
    Config before = experiments.fromRun(output).config();
    Config now = experiment.config();
    for (String key : MAY_CHANGE) {
      before = before.withoutPath(key);
      now = now.withoutPath(key);
    }
    Set<String> differences = differences(before, now);
    if (!differences.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: cannot be resumed with another configuration; these keys differ: %s",
              output,
              String.join(", ", differences)));
    }
  }

  /** The keys whose values differ. */
  static Set<String> differences(Config before, Config now) {
    Set<String> keys = new TreeSet<>();
    Stream.concat(before.entrySet().stream(), now.entrySet().stream())
        .map(Map.Entry::getKey)
        .filter(key -> !value(before, key).equals(value(now, key)))
        .forEach(keys::add);
    return keys;
  }

  /** As text: a number that JSON has written may come back as one of another type. */
  private static String value(Config config, String key) {
    if (!config.hasPath(key)) {
      return "";
    }
    Object value = config.getValue(key).unwrapped();
    return value instanceof Number number
        ? String.valueOf(number.doubleValue())
        : String.valueOf(value);
  }
}
