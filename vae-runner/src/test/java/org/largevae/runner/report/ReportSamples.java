package org.largevae.runner.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.largevae.api.data.DataShape;
import org.largevae.core.results.ComponentUse;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.Fidelity;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.results.Results;
import org.largevae.core.results.SampleResult;
import org.largevae.core.results.TrainingSpeed;

/** Small results of runs that never were. */
final class ReportSamples {

  static final DataShape GREY = new DataShape(1, 28, 20);

  private ReportSamples() {}

  /** A run on grey images that went well, with 10 pictures of each kind. */
  static ReportData good(int epochs) {
    return data("grey-run", GREY, results(epochs, 17, 120.5), falling(epochs), 10, 10);
  }

  static ReportData data(
      String name,
      DataShape shape,
      Results results,
      List<EpochMetrics> epochs,
      int pictures,
      int pseudoInputs) {
    double[] likelihoods = new double[200];
    for (int index = 0; index < likelihoods.length; index++) {
      likelihoods[index] = 80 + index % 23 + index * 0.01;
    }
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("java", "17");
    provenance.put("data SHA-256", "0123abcd");
    return new ReportData(
        name,
        shape,
        results,
        epochs,
        likelihoods,
        pictures(shape, pictures),
        true,
        pictures(shape, pictures),
        pictures(shape, pictures),
        pictures(shape, pseudoInputs),
        "model { latent-size = 40 }\n",
        provenance);
  }

  static Results results(int epochs, int activeUnits, double effectiveSampleSize) {
    PartitionResult test =
        new PartitionResult(
            1234.567,
            0.891,
            3.18059,
            -1240.25,
            -1215.125,
            25.125,
            activeUnits,
            effectiveSampleSize,
            5000,
            197,
            new ComponentUse(500, 380, 222.4),
            "exact",
            null,
            null);
    PartitionResult validation =
        new PartitionResult(
            1233.5,
            0.9,
            3.17784,
            -1239.5,
            -1214.5,
            25.0,
            activeUnits,
            33.3,
            500,
            196,
            null,
            "exact",
            null,
            null);
    return new Results(
        "freyfaces",
        "vampprior",
        "discretized-logistic",
        40,
        1,
        epochs,
        Math.max(1, epochs - 1),
        test,
        validation,
        new TrainingSpeed(12.34, 4567.8, 0.02),
        1_234_567L,
        new SampleResult(
            197, 5, new Fidelity(0.9, 0.8, 1.1, 0.7), null, new Fidelity(1, 1, 1, 0.97), 0.2));
  }

  /** Epochs whose loss falls, with a warm-up of three. */
  static List<EpochMetrics> falling(int count) {
    List<EpochMetrics> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= count; epoch++) {
      double loss = 100 + 400.0 / epoch;
      epochs.add(
          new EpochMetrics(
              epoch, Math.min(1, epoch / 3.0), loss, 20 - loss, 20, loss + 2, 18 - loss, 20, 1.5));
    }
    return epochs;
  }

  static EpochMetrics broken(int epoch, double value) {
    return new EpochMetrics(epoch, 1, value, value, value, value, value, value, 1.5);
  }

  /** Pictures of one value each, from black to white. */
  static List<float[]> pictures(DataShape shape, int count) {
    List<float[]> pictures = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      float[] picture = new float[shape.dimensions()];
      Arrays.fill(picture, index / (float) Math.max(1, count - 1));
      pictures.add(picture);
    }
    return pictures;
  }
}
