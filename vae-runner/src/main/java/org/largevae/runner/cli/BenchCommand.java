package org.largevae.runner.cli;

import com.google.inject.Provider;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.largevae.core.folder.JsonFile;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.runner.bench.Benchmark;
import org.largevae.runner.bench.BenchmarkSettings;
import org.largevae.runner.bench.FirstStep;
import org.largevae.runner.bench.MemoryUse;
import org.largevae.runner.bench.Timing;
import org.largevae.runner.bench.Workload;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.run.ExperimentRunner;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vae bench}. */
@CommandLine.Command(
    name = "bench",
    header = "Measure the time and memory that training and evaluation take on this machine.",
    customSynopsis = "vae bench [WORK ...] [OPTIONS]",
    description = {
      "",
      "On synthetic data and the CPU, after a warm-up. WORK is OPERATION/DATA/PRIOR[/MODEL]: one"
          + " of step, log-likelihood (of one example), encode, decode, sample (of 500 examples, 64"
          + " where pixels are drawn one by one); binary (784 values, Bernoulli) or grey (560"
          + " values, discretised logistic); standard or vampprior-K; vae if unset, hvae (two"
          + " levels), conv-hvae (with convolutions), pixel-hvae (with a pixelcnn decoder), ladder"
          + " (five levels) or ladder-joint (with a VampPrior over all levels). With - the works"
          + " are read from standard input, one a line, and each is answered by one line of JSON.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae bench --threads 1",
      "  vae bench step/binary/vampprior-500 step/binary/vampprior-2000",
      "  vae bench step/grey/standard/conv-hvae step/grey/vampprior-500/pixel-hvae",
      "  vae bench log-likelihood/grey/standard --samples 1000 --json",
      "  vae bench step/binary/standard --memory-steps 50000"
    })
final class BenchCommand implements Command {
  private static final String FROM_INPUT = "-";
  private static final double MEBIBYTE = 1 << 20;

  @Parameters(
      arity = "0..*",
      paramLabel = "WORK",
      description = "What to measure; a selection if none is given.")
  private List<String> works = new ArrayList<>();

  @Option(names = "--threads", paramLabel = "N", description = "CPU threads; all cores if unset.")
  private Integer threads;

  @Option(
      names = "--seconds",
      paramLabel = "T",
      defaultValue = "2",
      description = "How long to measure each WORK; ${DEFAULT-VALUE} if unset.")
  private double seconds;

  @Option(
      names = "--warm-up-seconds",
      paramLabel = "T",
      defaultValue = "3",
      description = "How long each WORK runs before it is measured; ${DEFAULT-VALUE} if unset.")
  private double warmUpSeconds;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      defaultValue = "100",
      description = "Examples in a step; ${DEFAULT-VALUE} if unset.")
  private int batchSize;

  @Option(
      names = "--latent-size",
      paramLabel = "M",
      defaultValue = "40",
      description = "Dimensions of z, but not of a ladder's; ${DEFAULT-VALUE} if unset.")
  private int latentSize;

  @Option(
      names = "--hidden",
      paramLabel = "H",
      defaultValue = "300",
      description =
          "Units in each hidden dense layer, but not of a ladder's; ${DEFAULT-VALUE} if unset.")
  private int hidden;

  @Option(
      names = "--samples",
      paramLabel = "S",
      description =
          "Draws of z for a log-likelihood; 5000 if unset, 500 of conv-hvae and pixel-hvae.")
  private Integer samples;

  @Option(
      names = "--memory-steps",
      paramLabel = "N",
      description = "Instead of times, measure resident memory over N steps of one WORK.")
  private Integer memorySteps;

  @Option(
      names = "--first-step",
      description = "Instead of times, report how long vae train takes to finish its first step.")
  private boolean firstStep;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  private final Provider<ServiceRegistry> registry;
  private final ExperimentLoader experiments;
  private final Provider<ExperimentRunner> runner;
  private final CommandEnvironment environment;

  @Inject
  BenchCommand(
      Provider<ServiceRegistry> registry,
      ExperimentLoader experiments,
      Provider<ExperimentRunner> runner,
      CommandEnvironment environment) {
    this.registry = registry;
    this.experiments = experiments;
    this.runner = runner;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    EngineProperties.threads(threads());
    if (firstStep) {
      firstStep();
      return ExitCode.DONE;
    }
    Benchmark benchmark =
        new Benchmark(
            registry.get(),
            new BenchmarkSettings(
                Math.max(0, warmUpSeconds),
                Math.max(0, seconds),
                Arguments.count("--batch-size", batchSize, Integer.MAX_VALUE),
                Arguments.count("--latent-size", latentSize, Integer.MAX_VALUE),
                Arguments.count("--hidden", hidden, Integer.MAX_VALUE),
                samples == null
                    ? OptionalInt.empty()
                    : OptionalInt.of(Arguments.count("--samples", samples, Integer.MAX_VALUE))));
    if (memorySteps != null) {
      memory(benchmark);
    } else if (works.equals(List.of(FROM_INPUT))) {
      serve(benchmark);
    } else {
      time(benchmark);
    }
    return ExitCode.DONE;
  }

  private int threads() {
    int processors = Runtime.getRuntime().availableProcessors();
    return threads == null ? processors : Arguments.count("--threads", threads, processors);
  }

  private void firstStep() {
    new FirstStep(
            seconds ->
                environment
                    .out()
                    .println(
                        String.format(
                            Locale.ROOT, "first step %.2f s after the start of Java", seconds)))
        .run(runner.get(), experiments.load(TrainCommand.QUICK_START, List.of()));
  }

  /** Answers one line at a time, so that a driver can let other programs run in between. */
  private void serve(Benchmark benchmark) {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        Timing timing = benchmark.measure(Workload.parse(line.strip()));
        environment.out().println(answer(timing));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void time(Benchmark benchmark) {
    List<Workload> workloads =
        works.isEmpty() ? Workload.standard() : works.stream().map(Workload::parse).toList();
    List<Map<String, Object>> rows = new ArrayList<>();
    String format = "%-44s %10s %10s %10s %8s %12s%n";
    if (!json) {
      environment
          .out()
          .printf(
              Locale.ROOT, format, "", "median ms", "lower q.", "upper q.", "calls", "examples/s");
    }
    for (Workload workload : workloads) {
      Timing timing = benchmark.measure(workload);
      rows.add(row(timing));
      if (!json) {
        environment
            .out()
            .printf(
                Locale.ROOT,
                format,
                timing.work(),
                milliseconds(timing.median()),
                milliseconds(timing.quantile(0.25)),
                milliseconds(timing.quantile(0.75)),
                timing.seconds().length,
                String.format(Locale.ROOT, "%.0f", timing.examplesPerSecond()));
      }
    }
    if (json) {
      environment.out().print(JsonFile.render(rows));
    }
  }

  private void memory(Benchmark benchmark) {
    Workload workload =
        Workload.parse(works.isEmpty() ? "step/binary/vampprior-500" : works.get(0));
    MemoryUse use =
        benchmark.memory(workload, memorySteps, step -> environment.err().println(step + " steps"));
    if (json) {
      environment.out().print(JsonFile.render(use));
      return;
    }
    for (MemoryUse.Sample sample : use.samples()) {
      environment
          .out()
          .printf(Locale.ROOT, "%8d steps %8.1f MiB%n", sample.step(), sample.bytes() / MEBIBYTE);
    }
    environment
        .out()
        .printf(
            Locale.ROOT,
            "grew by %.1f MiB after the first %d steps%n",
            use.growth() / MEBIBYTE,
            MemoryUse.SETTLED);
  }

  private static String answer(Timing timing) {
    return JsonFile.canonical(Map.of("parameters", timing.parameters(), "times", timing.seconds()));
  }

  private static Map<String, Object> row(Timing timing) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("work", timing.work());
    row.put("parameters", timing.parameters());
    row.put("calls", timing.seconds().length);
    row.put("medianSeconds", timing.median());
    row.put("lowerQuartileSeconds", timing.quantile(0.25));
    row.put("upperQuartileSeconds", timing.quantile(0.75));
    row.put("examplesPerSecond", timing.examplesPerSecond());
    return row;
  }

  private static String milliseconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f", seconds * 1e3);
  }
}
