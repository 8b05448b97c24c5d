package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.evaluation.AnomalyThreshold;
import org.largevae.datasets.format.NpyWriter;
import org.largevae.runner.run.DataPart;
import org.largevae.runner.run.TrainedRun;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae score}. */
@CommandLine.Command(
    name = "score",
    header = "Write how usual each row of a file is to a run's model.",
    customSynopsis = "vae score RUN [FILE] [OPTIONS]",
    description = {
      "",
      "Writes for each row its place in the file, from 0, its identifier and label if it has them,"
          + " and two scores in nats, in the data's own units: log-likelihood, an estimate of log"
          + " p(x) by importance sampling, and elbo, a lower bound of it, from the same draws of z."
          + " The higher a score, the more usual the row. Equal rows have equal scores, but for rounding.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae score runs/table claims.csv -o scores.csv",
      "  vae score runs/table claims.csv --false-alarm-rate 0.01",
      "  vae score runs/table large.csv --elbo",
      "  vae score runs/table --part test -o test.npy"
    })
final class ScoreCommand implements Command {
  @Mixin private RowsOption rows;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "scores.csv",
      description =
          "The file to write; ${DEFAULT-VALUE} if unset. A name that ends in .npy gives a NumPy"
              + " array of the scores alone, float64.")
  private Path output;

  @Option(
      names = "--samples",
      paramLabel = "S",
      description = "Draws of z for each row; the run's evaluation.importance-samples if unset.")
  private Integer samples;

  @Option(
      names = "--elbo",
      description =
          "Write the lower bound alone, from one draw of z unless --samples says otherwise: much"
              + " faster, and less exact.")
  private boolean elbo;

  @Option(
      names = "--false-alarm-rate",
      paramLabel = "R",
      description = {
        "Add a column anomaly, 1 for a row whose score (log-likelihood, or with --elbo the bound) is"
            + " below a threshold that a share of at most R of rows like the run's falls below, by"
            + " the run's validation part."
      })
  private Double falseAlarmRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the draws; the run's if unset.")
  private Long seed;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "auto, cpu, gpu or gpu:N; ${DEFAULT-VALUE} if unset.")
  private String device;

  @Mixin private ChangedDataOption changedData;

  private final SavedRuns runs;
  private final CommandEnvironment environment;

  @Inject
  ScoreCommand(SavedRuns runs, CommandEnvironment environment) {
    this.runs = runs;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    rows.check();
    if (samples != null) {
      Arguments.count("--samples", samples, Integer.MAX_VALUE);
    }
    OutputFile file = OutputFile.at(output, ".csv", ".npy");
    rows.requireOther(file);
    try (TrainedRun run = runs.open(rows.folder(), device, changedData.isAllowed());
        RowProgress progress = new RowProgress(environment.err())) {
      RowScoring scoring = scoring(run);
      Optional<AnomalyThreshold> threshold =
          Optional.ofNullable(falseAlarmRate).map(rate -> threshold(run, scoring, rate, progress));
      Tally tally = new Tally(threshold);
      file.write(channel -> write(run, scoring, file, channel, progress, tally));
      tell(scoring, tally, progress.done());
    }
    environment.out().println(file.shown());
    return ExitCode.DONE;
  }

  private RowScoring scoring(TrainedRun run) {
    int usual = elbo ? 1 : run.experiment().evaluation().importanceSamples();
    return new RowScoring(
        run.vae(),
        elbo,
        samples == null ? usual : samples,
        seed == null ? run.experiment().seed() : seed);
  }

  private void write(
      TrainedRun run,
      RowScoring scoring,
      OutputFile file,
      FileChannel channel,
      RowProgress progress,
      Tally tally) {
    List<String> columns = scoring.columns(tally.threshold.isPresent());
    ExampleOutput scores = ExampleOutput.to(file, channel, columns, NpyWriter.Precision.DOUBLE);
    rows.read(
        run,
        scoring.rowsAtOnce(),
        block -> {
          double[][] found = scoring.of(block, tally.threshold);
          tally.add(found);
          scores.write(block, found);
          progress.advance(found.length);
        });
    scores.finish();
  }

  /** How many scores are what has to be told. */
  private static final class Tally {
    private final Optional<AnomalyThreshold> threshold;
    private long anomalies;
    private long infinite;

    Tally(Optional<AnomalyThreshold> threshold) {
      this.threshold = threshold;
    }

    void add(double[][] scores) {
      for (double[] row : scores) {
        anomalies += threshold.isPresent() && threshold.get().isAnomaly(row[0]) ? 1 : 0;
        infinite += Double.isInfinite(row[0]) ? 1 : 0;
      }
    }
  }

  private static AnomalyThreshold threshold(
      TrainedRun run, RowScoring scoring, double rate, RowProgress progress) {
    DoubleStream.Builder scores = DoubleStream.builder();
    run.read(
        Optional.of(DataPart.VALIDATION),
        scoring.rowsAtOnce(),
        block -> {
          for (double[] row : scoring.of(block, Optional.empty())) {
            scores.add(row[0]);
          }
          progress.check();
        });
    try {
      return AnomalyThreshold.of(scores.build().toArray(), rate);
    } catch (IllegalArgumentException unfit) {
      throw new ConfigurationException("--false-alarm-rate " + unfit.getMessage(), unfit);
    }
  }

  private void tell(RowScoring scoring, Tally tally, long count) {
    environment.out().println(scoring.meaning());
    if (tally.infinite > 0) {
      environment
          .err()
          .printf(
              Locale.ROOT,
              "warning: %d of %d rows have the score -Infinity: the model gives them no density at"
                  + " any draw, as far from the training data as they lie%n",
              tally.infinite,
              count);
    }
    tally.threshold.ifPresent(
        limit ->
            environment
                .out()
                .printf(
                    Locale.ROOT,
                    "threshold: %s, which at most %s of rows like the run's fall below, by its %d"
                        + " validation rows; %d of %d rows do%n",
                    limit.score(),
                    limit.rate(),
                    limit.examples(),
                    tally.anomalies,
                    count));
  }
}
