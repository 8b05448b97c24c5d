package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
  private static final List<String> TINY =
      List.of(
          "--hidden=3",
          "--latent-size=2",
          "--samples=4",
          "--threads=1",
          "--seconds=0",
          "--warm-up-seconds=0");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void tableHasOneLineForEachWork() {
    assertThat(bench("step/grey/vampprior-3", "encode/binary/standard")).isZero();
    assertThat(text(out).lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("step/grey/vampprior-3 "))
        .anyMatch(line -> line.startsWith("encode/binary/standard "));
  }

  @Test
  void jsonHasQuartilesAndThroughput() {
    assertThat(bench("log-likelihood/binary/standard", "--json")).isZero();
    JsonArray rows = JsonParser.parseString(text(out)).getAsJsonArray();
    assertThat(rows).hasSize(1);
    JsonObject row = rows.get(0).getAsJsonObject();
    assertThat(row.get("work").getAsString()).isEqualTo("log-likelihood/binary/standard");
    assertThat(row.get("parameters").getAsLong()).isPositive();
    assertThat(row.get("calls").getAsInt()).isGreaterThanOrEqualTo(3);
    double median = row.get("medianSeconds").getAsDouble();
    assertThat(row.get("lowerQuartileSeconds").getAsDouble()).isLessThanOrEqualTo(median);
    assertThat(row.get("upperQuartileSeconds").getAsDouble()).isGreaterThanOrEqualTo(median);
    assertThat(row.get("examplesPerSecond").getAsDouble()).isEqualTo(1 / median);
  }

  @Test
  void worksFromStandardInputAreAnsweredLineByLine() {
    InputStream before = System.in;
    byte[] works = "step/binary/standard\ndecode/grey/standard\n".getBytes(StandardCharsets.UTF_8);
    System.setIn(new ByteArrayInputStream(works));
    try {
      assertThat(bench("-")).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(text(out).lines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(JsonParser.parseString(line).getAsJsonObject().getAsJsonArray("times"))
                    .hasSizeGreaterThanOrEqualTo(3));
  }

  @Test
  void firstStepIsTold() {
    assertThat(bench("--first-step")).isZero();
    assertThat(text(out)).matches("first step \\d+\\.\\d\\d s after the start of Java\\R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "step/binary|\"step/binary\" is no work to measure",
        "--threads=0|--threads 0: must be",
        "--samples=0|--samples 0: must be at least 1",
        "--memory-steps=5|5 steps are too few"
      })
  void mistakesAreToldInOneSentence(String argument, String message) {
    assertThat(run("bench", argument)).isEqualTo(ExitCode.USAGE);
    assertThat(text(err)).startsWith("vae: ").contains(message).hasLineCount(1);
    assertThat(text(out)).isEmpty();
  }

  private int bench(String... arguments) {
    String[] all =
        Stream.of(Stream.of("bench"), TINY.stream(), Stream.of(arguments))
            .flatMap(part -> part)
            .toArray(String[]::new);
    return run(all);
  }

  private int run(String... arguments) {
    return new Main()
        .run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
