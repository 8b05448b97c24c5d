package org.largevae.runner.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.largevae.core.results.BaselineResult;
import org.largevae.core.results.ComponentUse;
import org.largevae.core.results.Fidelity;
import org.largevae.core.results.LevelResult;
import org.largevae.core.results.NormaliserResult;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.results.Results;
import org.largevae.core.results.SampleResult;

/** Writes {@code sweep.csv}: one row per cell, with every digit. */
final class SweepCsv {

  private static final Pattern FORMULA = Pattern.compile("[=+\\-@\t\r]");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?|-?Infinity|-");

  private SweepCsv() {}

  static String of(Sweep sweep, List<SeedGroup> groups) {
    List<String> header = new ArrayList<>(List.of("member"));
    sweep.axes().forEach(axis -> header.add(axis.key()));
    header.addAll(List.of("folder", "state", "exit", "reason"));
    boolean estimated =
        groups.stream()
            .flatMap(group -> group.results().stream())
            .anyMatch(Measure.PESSIMISTIC_NLL::isKnown);
    Map<String, Function<Results, Object>> columns = results(partition(estimated, depth(groups)));
    header.addAll(columns.keySet());
    StringBuilder csv = new StringBuilder(line(header));
    for (SeedGroup group : groups) {
      group.runs().forEach(run -> csv.append(line(row(columns, run.cell(), run.outcome()))));
    }
    return csv.toString();
  }

  private static List<String> row(
      Map<String, Function<Results, Object>> columns, GridCell cell, MemberOutcome outcome) {
    List<String> row = new ArrayList<>(List.of(cell.name()));
    row.addAll(cell.labels().values());
    row.add(String.valueOf(outcome.folder().getFileName()));
    row.add(outcome.state().toString());
    row.add(outcome.state() == MemberOutcome.State.NOT_RUN ? "" : String.valueOf(outcome.exit()));
    row.add(outcome.reason());
    for (Function<Results, Object> column : columns.values()) {
      row.add(outcome.results().map(column).map(String::valueOf).orElse(""));
    }
    return row;
  }

  private static String line(List<String> fields) {
    return fields.stream().map(SweepCsv::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  /**
   * As RFC 4180 has it. Text that a spreadsheet would take for a formula gets an apostrophe in
   * front; numbers stay numbers.
   */
  static String quoted(String field) {
    boolean formula = FORMULA.matcher(field).lookingAt() && !NUMBER.matcher(field).matches();
    String text = formula ? "'" + field : field;
    boolean plain = Arrays.stream(new String[] {",", "\"", "\n", "\r"}).noneMatch(text::contains);
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  /** How many levels of latents a member has at the most. */
  private static int depth(List<SeedGroup> groups) {
    return groups.stream()
        .flatMap(group -> group.results().stream())
        .map(results -> results.test().levels())
        .filter(Objects::nonNull)
        .mapToInt(List::size)
        .max()
        .orElse(0);
  }

  /** Empty where there is no such level of several. */
  private static Object level(
      PartitionResult result, int number, Function<LevelResult, Object> value) {
    return Stream.ofNullable(result.levels())
        .flatMap(List::stream)
        .filter(level -> level.level() == number)
        .map(value)
        .findFirst()
        .orElse("");
  }

  /**
   * Those of estimated normalisers only where a member has one, those of levels only where a member
   * has several.
   */
  private static Map<String, Function<PartitionResult, Object>> partition(
      boolean estimated, int depth) {
    Map<String, Function<PartitionResult, Object>> columns = new LinkedHashMap<>();
    columns.put("nll", PartitionResult::nll);
    columns.put("nll-standard-error", PartitionResult::nllStandardError);
    if (estimated) {
      columns.put("pessimistic-nll", r -> normaliser(r, NormaliserResult::pessimisticNll));
      columns.put("log-normaliser", r -> normaliser(r, NormaliserResult::log));
      columns.put(
          "log-normaliser-standard-error", r -> normaliser(r, NormaliserResult::standardError));
    }
    columns.put("baseline-nll", r -> baseline(r, BaselineResult::nll));
    columns.put("baseline-bits-per-dimension", r -> baseline(r, BaselineResult::bitsPerDim));
    columns.put("prior-density", PartitionResult::priorDensity);
    columns.put("bits-per-dimension", PartitionResult::bitsPerDim);
    columns.put("elbo", PartitionResult::elbo);
    columns.put("reconstruction", PartitionResult::reconstruction);
    columns.put("kl", PartitionResult::kl);
    columns.put("active-units", PartitionResult::activeUnits);
    columns.put("effective-sample-size", PartitionResult::effectiveSampleSize);
    columns.put("importance-samples", PartitionResult::importanceSamples);
    columns.put("examples", PartitionResult::examples);
    columns.put("components-in-use", r -> use(r, ComponentUse::used));
    columns.put("component-perplexity", r -> use(r, ComponentUse::perplexity));
    for (int level = depth; level > 0; level--) {
      int number = level;
      columns.put("kl-" + level, r -> level(r, number, LevelResult::kl));
      columns.put(
          "active-units-" + level,
          r -> level(r, number, each -> each.activeUnits() == null ? "" : each.activeUnits()));
    }
    return columns;
  }

  /** Null, an empty field, where there is none. */
  private static Object baseline(PartitionResult result, Function<BaselineResult, Object> value) {
    return result.baseline() == null ? null : value.apply(result.baseline());
  }

  /** Empty where no normaliser is an estimate. */
  private static Object normaliser(
      PartitionResult result, Function<NormaliserResult, Object> value) {
    return result.normaliser() == null ? "" : value.apply(result.normaliser());
  }

  /** Empty for a prior that is no mixture. */
  private static Object use(PartitionResult result, Function<ComponentUse, Object> value) {
    return result.componentUse() == null ? "" : value.apply(result.componentUse());
  }

  private static void fidelity(
      Map<String, Function<Results, Object>> columns,
      String of,
      Function<SampleResult, Fidelity> part) {
    Map<String, Function<Fidelity, Object>> figures = new LinkedHashMap<>();
    figures.put("precision", Fidelity::precision);
    figures.put("recall", Fidelity::recall);
    figures.put("density", Fidelity::density);
    figures.put("coverage", Fidelity::coverage);
    figures.forEach(
        (name, figure) ->
            columns.put(
                of + "-" + name,
                r -> Optional.ofNullable(r.samples()).map(part).map(figure).orElse(null)));
  }

  private static Map<String, Function<Results, Object>> results(
      Map<String, Function<PartitionResult, Object>> partition) {
    Map<String, Function<Results, Object>> columns = new LinkedHashMap<>();
    columns.put("epochs", Results::epochs);
    columns.put("best-epoch", Results::bestEpoch);
    partition.forEach((name, value) -> columns.put("test-" + name, r -> value.apply(r.test())));
    partition.forEach(
        (name, value) -> columns.put("validation-" + name, r -> value.apply(r.validation())));
    fidelity(columns, "samples", SampleResult::drawn);
    fidelity(columns, "means", SampleResult::means);
    fidelity(columns, "training", SampleResult::training);
    columns.put("seconds-per-epoch", r -> r.train().secondsPerEpoch());
    columns.put("examples-per-second", r -> r.train().examplesPerSecond());
    columns.put("seconds-per-step", r -> r.train().secondsPerStep());
    columns.put(
        "seconds-per-thousand-samples",
        r -> r.samples() == null ? null : r.samples().secondsPerThousand());
    return columns;
  }
}
