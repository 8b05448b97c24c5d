package org.largevae.runner.run;

import org.largevae.api.files.DurableFiles;

import org.largevae.core.folder.Checkpoints;

import org.largevae.core.folder.ModelDescription;

import org.largevae.core.folder.RunFolder;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.largevae.core.preparation.PreparedDataset;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.evaluation.Evaluation;
import org.largevae.core.evaluation.Evaluator;
import org.largevae.runner.experiment.Experiment;
import org.largevae.core.model.VariationalAutoencoder;
import org.largevae.runner.report.Figure;
import org.largevae.runner.report.Figures;
import org.largevae.runner.report.HtmlReport;
import org.largevae.runner.report.ReportData;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.Results;
import org.largevae.core.results.TrainingSpeed;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.core.training.TrainingListener;
import org.largevae.core.training.TrainingLoop;
import org.largevae.core.training.TrainingState;

/**
 * One run at work in its locked folder.
 *
 * @param experiment what is run
 * @param configuration its resolved configuration, as HOCON
 * @param folder where files go
 * @param dataset the prepared data
 * @param partitions the same on the device
 * @param model the model, with its start
 * @param listener hears of progress
 */
record Run(
    Experiment experiment,
    String configuration,
    RunFolder folder,
    PreparedDataset dataset,
    Partitions partitions,
    VariationalAutoencoder model,
    TrainingListener listener) {
  private static final int GENERATED = 64;
  private static final int RECONSTRUCTED = 32;

  /**
   * Trains, evaluates the best weights, and writes all files.
   *
   * @param device where it runs
   * @param cancelled asked between steps, and between batches of the evaluation
   * @return the results
   */
  Results carryOut(Device device, BooleanSupplier cancelled) {
    Map<String, Object> provenance =
        Provenance.describe(experiment, device, dataset.fingerprints());
    folder.begin(configuration);
    folder.write(ModelDescription.FILE, ModelDescription.of(model.shape()).toJson());
    folder.writeProvenance(provenance);

    List<EpochMetrics> epochs = train(cancelled);
    Evaluation validation =
        evaluate(
            partitions.validation(),
            "validation",
            experiment.evaluation().validationImportanceSamples(),
            cancelled);
    Evaluation test =
        evaluate(partitions.test(), "test", experiment.evaluation().importanceSamples(), cancelled);
    Results results = results(epochs, test, validation);

    stopIfCancelled(cancelled, "before the figures were drawn");
    listener.onPhase("drawing figures");
    Map<String, Object> complete = new LinkedHashMap<>(provenance);
    complete.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    folder.writeProvenance(complete);
    report(results, epochs, test.negativeLogLikelihoods(), complete);
    folder.writeResults(results);
    return results;
  }

  /** Leaves the best weights in the model. */
  private List<EpochMetrics> train(BooleanSupplier cancelled) {
    Checkpoints checkpoints = folder.checkpoints();
    try (TrainingState state = new TrainingState(model, experiment.training().optimizer())) {
      checkpoints.restore(state);
      folder.writeMetrics(state.position().metrics());
      new TrainingLoop(
              experiment.training(),
              experiment.seed(),
              partitions.training(),
              partitions.validation(),
              new MetricsWriter(folder, listener),
              checkpoints,
              cancelled)
          .run(state);
      state.useBestWeights();
      return state.position().metrics();
    }
  }

  private Evaluation evaluate(
      ResidentExamples data, String partition, int samples, BooleanSupplier cancelled) {
    listener.onPhase(
        String.format(
            Locale.ROOT,
            "evaluating %d %s examples, %d importance samples each",
            data.size(),
            partition,
            samples));
    String place = "while evaluating the " + partition + " examples";
    stopIfCancelled(cancelled, place);
    IntConsumer betweenBatches = done -> stopIfCancelled(cancelled, place);
    return Evaluator.evaluate(
        model,
        data,
        samples,
        experiment.evaluation().batchRows(),
        experiment.seed(),
        betweenBatches);
  }

  /** Training is over and its last checkpoint written: going on only repeats the evaluation. */
  private static void stopIfCancelled(BooleanSupplier cancelled, String place) {
    if (cancelled.getAsBoolean()) {
      throw new TrainingInterruptedException(
          "interrupted " + place + "; the trained model is kept, --resume goes on");
    }
  }

  private Results results(List<EpochMetrics> epochs, Evaluation test, Evaluation validation) {
    EpochMetrics best =
        epochs.stream()
            .reduce((a, b) -> b.validationLoss() < a.validationLoss() ? b : a)
            .orElseThrow();
    double secondsPerEpoch =
        epochs.stream().mapToDouble(EpochMetrics::seconds).average().orElseThrow();
    return new Results(
        experiment.dataset().text("name"),
        experiment.model().prior().text("type"),
        experiment.model().likelihood().text("type"),
        experiment.model().latentSize(),
        experiment.seed(),
        epochs.size(),
        best.epoch(),
        test.result(),
        validation.result(),
        new TrainingSpeed(secondsPerEpoch, partitions.training().size() / secondsPerEpoch));
  }

  private void report(
      Results results,
      List<EpochMetrics> epochs,
      double[] testNegativeLogLikelihoods,
      Map<String, Object> provenance) {
    Pictures pictures = new Pictures(model);
    List<float[]> originals = Pictures.split(dataset.test().values(), model.shape().dimensions());
    originals = originals.subList(0, Math.min(RECONSTRUCTED, originals.size()));
    Map<String, String> shown = new LinkedHashMap<>();
    provenance.forEach((name, value) -> shown.put(name, String.valueOf(value)));
    ReportData data =
        new ReportData(
            experiment.name(),
            model.shape().data(),
            results,
            epochs,
            testNegativeLogLikelihoods,
            pictures.generated(GENERATED, experiment.seed()),
            originals,
            pictures.reconstructions(originals),
            pictures.pseudoInputs(),
            configuration,
            shown);
    Path target = folder.path().resolve(RunFolder.FIGURES);
    try {
      List<Figure> figures = Figures.write(data, target);
      // the results, which make the run finished, must not reach the disk before them
      DurableFiles.syncFolder(target);
      target = folder.path().resolve(RunFolder.REPORT);
      HtmlReport.write(data, figures, target);
    } catch (IOException failure) {
      throw folder.unwritable(target, failure);
    }
  }
}
