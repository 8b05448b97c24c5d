package org.largevae.runner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.largevae.core.TrainedVae;
import org.largevae.core.evaluation.AnomalyThreshold;
import org.largevae.core.evaluation.NotFiniteException;
import org.largevae.core.evaluation.Scores;
import org.largevae.runner.run.RowBlock;

/**
 * How rows are scored.
 *
 * @param vae the model
 * @param boundAlone whether the lower bound is the only score
 * @param samples S, draws of z for each row
 * @param seed of the draws
 */
record RowScoring(TrainedVae vae, boolean boundAlone, int samples, long seed) {
  /** Pairs of a row and a draw between two looks at whether the user wants to stop. */
  private static final int PAIRS_AT_ONCE = 100_000;

  private static final int MOST_ROWS = 2000;

  /** How many rows are read before they are scored. */
  int rowsAtOnce() {
    return Math.max(1, Math.min(MOST_ROWS, PAIRS_AT_ONCE / samples));
  }

  /** The names of the scores; the first is the one that an anomaly is told by. */
  List<String> columns(boolean withAnomaly) {
    List<String> columns = new ArrayList<>();
    if (!boundAlone) {
      columns.add("log-likelihood");
    }
    columns.add("elbo");
    if (withAnomaly) {
      columns.add("anomaly");
    }
    return columns;
  }

  /** The scores of each row, and 1 for an anomaly where there is a threshold. */
  double[][] of(RowBlock block, Optional<AnomalyThreshold> threshold) {
    Scores scores = scores(block);
    double[][] columns = new double[block.rows().length][];
    for (int row = 0; row < columns.length; row++) {
      double[] measured =
          boundAlone
              ? new double[] {scores.elbos()[row]}
              : new double[] {scores.logLikelihoods()[row], scores.elbos()[row]};
      columns[row] = threshold.map(limit -> withAnomaly(measured, limit)).orElse(measured);
    }
    return columns;
  }

  private static double[] withAnomaly(double[] measured, AnomalyThreshold threshold) {
    double[] row = new double[measured.length + 1];
    System.arraycopy(measured, 0, row, 0, measured.length);
    row[measured.length] = threshold.isAnomaly(measured[0]) ? 1 : 0;
    return row;
  }

  private Scores scores(RowBlock block) {
    try {
      long[] trained = block.trainingPlaces().stream().mapToLong(Long::longValue).toArray();
      return vae.scores(block.rows(), trained, samples, seed);
    } catch (NotFiniteException fault) {
      throw new NotFiniteException(
          String.format(
              Locale.ROOT,
              "among the %d rows from place %d on, counted from 0: %s",
              block.rows().length,
              block.places().get(0),
              fault.getMessage()));
    }
  }

  /** For people: what the scores are. */
  String meaning() {
    String draws = samples == 1 ? "one draw of z" : samples + " draws of z";
    return "scores in nats, in the data's own units, the higher the more usual: "
        + switch (vae.priorDensity()) {
          case EXACT ->
              boundAlone
                  ? "elbo, a lower bound of log p(x) on average, from " + draws
                  : "log-likelihood, an estimate of log p(x), too low on average, and elbo, a lower"
                      + " bound on average, both from "
                      + draws;
          case LOWER_BOUND ->
              (boundAlone
                      ? "elbo, a lower bound of log p(x) on average, from "
                      : "log-likelihood and elbo, lower bounds of log p(x) on average, both from ")
                  + draws
                  + "; the prior's log p(z) is itself a lower bound";
          case ESTIMATE ->
              (boundAlone
                      ? "elbo, an estimate of a lower bound of log p(x), from "
                      : "log-likelihood, an estimate of log p(x), and elbo, one of a lower bound, both"
                          + " from ")
                  + draws
                  + "; the prior's log p(z) is itself an estimate, so that all scores may be too high or"
                  + " too low by the same amount";
        };
  }
}
