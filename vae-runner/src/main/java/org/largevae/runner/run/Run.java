package org.largevae.runner.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.largevae.api.files.DurableFiles;
import org.largevae.core.TrainedVae;
import org.largevae.core.evaluation.Evaluation;
import org.largevae.core.folder.FirstStage;
import org.largevae.core.folder.JsonConfig;
import org.largevae.core.folder.ModelDescription;
import org.largevae.core.folder.Provenance;
import org.largevae.core.folder.RunFolder;
import org.largevae.core.folder.RunRecords;
import org.largevae.core.folder.TrainingSession;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.preparation.Examples;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.Results;
import org.largevae.core.results.SampleResult;
import org.largevae.core.results.TrainingSpeed;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.report.Figure;
import org.largevae.runner.report.Figures;
import org.largevae.runner.report.HtmlReport;
import org.largevae.runner.report.ReportData;

/**
 * One run at work in its locked folder.
 *
 * @param experiment what is carried out
 * @param configuration the experiment as text
 * @param folder the run's folder
 * @param dataset the data, prepared
 * @param model with its start
 * @param firstStage what the start was taken from, where it was
 * @param session the training
 */
record Run(
    Experiment experiment,
    String configuration,
    RunFolder folder,
    PreparedDataset dataset,
    ParameterizedModel model,
    Optional<FirstStage> firstStage,
    TrainingSession session) {
  private static final int GENERATED = 64;
  private static final int RECONSTRUCTED = 32;

  /**
   * Trains, evaluates the best weights, and writes all files.
   *
   * @return the results
   */
  Results carryOut() {
    Map<String, Object> provenance =
        Provenance.begin(
            folder.path(),
            experiment.seed(),
            experiment.threads(),
            model.manager().getDevice(),
            dataset.fingerprints(),
            firstStage);
    folder.begin(
        ModelDescription.ofExperiment(model, JsonConfig.of(experiment.config()))
            .trainedOn(dataset.training()));
    folder.write(RunRecords.CONFIGURATION, configuration);
    folder.writeProvenance(provenance);
    List<EpochMetrics> epochs = session.inFolder(model, folder);
    TrainedVae vae = new TrainedVae(model);
    ExperimentBaseline baseline = ExperimentBaseline.of(experiment, dataset);
    Evaluation validation =
        evaluate(
                vae,
                dataset.validation(),
                "validation",
                experiment.evaluation().validationImportanceSamples())
            .beside(baseline.on(dataset.validation()));
    Evaluation test =
        evaluate(vae, dataset.test(), "test", experiment.evaluation().importanceSamples())
            .beside(baseline.on(dataset.test()));
    session.listener().onPhase("comparing draws with test examples");
    Optional<SampleResult> samples = SampleComparison.of(vae, dataset, experiment.seed());
    Results results = results(epochs, test, validation, samples);
    stopIfCancelled("before the figures were drawn");
    session.listener().onPhase("drawing figures");
    Map<String, Object> complete = new LinkedHashMap<>(provenance);
    complete.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    folder.writeProvenance(complete);
    report(vae, results, epochs, test.negativeLogLikelihoods(), complete);
    folder.writeResults(results);
    return results;
  }

  private Evaluation evaluate(TrainedVae vae, Examples data, String partition, int samples) {
    session
        .listener()
        .onPhase(
            String.format(
                Locale.ROOT,
                "evaluating %d %s examples, %d importance samples each",
                data.size(),
                partition,
                samples));
    String place = "while evaluating the " + partition + " examples";
    stopIfCancelled(place);
    IntConsumer betweenBatches = done -> stopIfCancelled(place);
    return vae.evaluate(data, experiment.evaluation(), samples, experiment.seed(), betweenBatches);
  }

  /** Training is over and its last checkpoint written: going on only repeats the evaluation. */
  private void stopIfCancelled(String place) {
    if (session.cancelled().getAsBoolean()) {
      throw new TrainingInterruptedException(place, true);
    }
  }

  private Results results(
      List<EpochMetrics> epochs,
      Evaluation test,
      Evaluation validation,
      Optional<SampleResult> samples) {
    EpochMetrics best =
        epochs.stream()
            .reduce((a, b) -> b.validationLoss() < a.validationLoss() ? b : a)
            .orElseThrow();
    double secondsPerEpoch =
        epochs.stream().mapToDouble(EpochMetrics::seconds).average().orElseThrow();
    return new Results(
        experiment.dataset(),
        experiment.prior(),
        experiment.likelihood(),
        model.model().latentSizes().stream().mapToInt(Integer::intValue).sum(),
        experiment.seed(),
        epochs.size(),
        best.epoch(),
        test.result(),
        validation.result(),
        new TrainingSpeed(
            secondsPerEpoch,
            session.training().size() / secondsPerEpoch,
            secondsPerEpoch / experiment.training().stepsPerEpoch(session.training().size())),
        model.size(),
        samples.orElse(null));
  }

  private static String shown(Object value) {
    return value instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "))
        : String.valueOf(value);
  }

  private void report(
      TrainedVae vae,
      Results results,
      List<EpochMetrics> epochs,
      double[] testNegativeLogLikelihoods,
      Map<String, Object> provenance) {
    float[][] originals = dataset.test().rows(RECONSTRUCTED);
    Map<String, String> shown = new LinkedHashMap<>();
    provenance.forEach((name, value) -> shown.put(name, shown(value)));
    ReportData data =
        new ReportData(
            experiment.name(),
            model.data().shape(),
            results,
            epochs,
            testNegativeLogLikelihoods,
            List.of(vae.sample(GENERATED, experiment.seed())),
            vae.hasMeans(),
            List.of(originals),
            List.of(vae.reconstruct(originals)),
            List.of(vae.pseudoInputs()),
            configuration,
            shown);
    Path target = folder.path().resolve(RunRecords.FIGURES);
    try {
      List<Figure> figures = Figures.write(data, target);
      // the results, which make the run finished, must not reach the disk before them
      DurableFiles.syncFolder(target);
      target = folder.path().resolve(RunRecords.REPORT);
      HtmlReport.write(data, figures, target);
    } catch (IOException failure) {
      throw folder.unwritable(target, failure);
    }
  }
}
