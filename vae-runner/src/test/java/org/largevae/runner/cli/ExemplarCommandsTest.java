package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose priors are made of training examples, a table with gaps. */
class ExemplarCommandsTest {
  private static final int ROWS = 60;

  @TempDir private Path folder;
  private CommandFixture vae;
  private Path table;
  private Path run;

  @BeforeEach
  void makeTable() throws IOException {
    vae = CommandFixture.installed(folder.resolve("runs"));
    run = folder.resolve("run");
    table = Files.write(folder.resolve("own.csv"), rows());
  }

  private static List<String> rows() {
    Random random = new Random(4);
    Stream<String> body =
        Stream.generate(
                () -> {
                  double z = random.nextGaussian();
                  String gap = random.nextInt(5) == 0 ? "" : text(z + 0.1 * random.nextGaussian());
                  return text(z) + "," + gap + "," + text(random.nextGaussian());
                })
            .limit(ROWS);
    return Stream.concat(Stream.of("a,b,c"), body).toList();
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private int train(Path output, String... more) {
    Stream<String> arguments =
        Stream.of(
            "train",
            "table",
            "-q",
            "--output=" + output,
            "dataset.file=" + table,
            "dataset.columns={ real = [a, b, c] }",
            "model.latent-size=2",
            "model.encoder.hidden=[5]",
            "model.decoder.hidden=[5]",
            "training={ epochs = 2, batch-size = 10 }",
            "experiment.threads=1",
            "evaluation={ importance-samples = 5, validation-importance-samples = 5 }");
    return vae.run(Stream.concat(arguments, Arrays.stream(more)).toArray(String[]::new));
  }

  private Map<String, Double> scores(String... arguments) throws IOException {
    Path file = folder.resolve("scores.csv");
    Stream<String> whole =
        Stream.of(
                Stream.of("score", run.toString()),
                Arrays.stream(arguments),
                Stream.of("-o", file.toString()))
            .flatMap(part -> part);
    assertThat(vae.run(whole.toArray(String[]::new))).as(vae.err()).isZero();
    Map<String, Double> scores = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file).subList(1, Files.readAllLines(file).size())) {
      String[] cells = line.split(",");
      scores.put(cells[0], Double.parseDouble(cells[cells.length - 1]));
    }
    return scores;
  }

  /** Of float32, in which other rows beside it can change the last digits. */
  private static Offset<Double> rounding(double score) {
    return within(2e-6 * (1 + Math.abs(score)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exemplar", "aggregated-posterior"})
  void trainingRowsAreScoredWithoutTheirOwnExemplarsAndOthersAsInAnyFile(String prior)
      throws IOException {
    assertThat(train(run, "model.prior.type=" + prior)).as(vae.err()).isZero();
    Map<String, Double> asNew = scores(table.toString());
    Map<String, Double> all = scores();
    Map<String, Double> trained = scores("--part=training");

    assertThat(asNew).hasSize(ROWS);
    assertThat(trained).hasSize(48);
    all.forEach(
        (place, score) -> {
          if (trained.containsKey(place)) {
            assertThat(score).isCloseTo(trained.get(place), rounding(score));
          } else {
            assertThat(score).isCloseTo(asNew.get(place), rounding(score));
          }
        });
    long changed =
        trained.entrySet().stream()
            .filter(row -> Math.abs(row.getValue() - asNew.get(row.getKey())) > 1e-3)
            .count();
    assertThat(changed).as("rows whose own exemplar counted").isGreaterThan(24);
    assertThat(vae.run("sample", run.toString(), "-o", folder.resolve("s.csv").toString()))
        .as(vae.err())
        .isZero();
  }

  @Test
  void aRowThatIsNotLeftOutIsScoredAsInAnyFile() throws IOException {
    assertThat(train(run, "model.prior={ type = exemplar, leave-one-out = false }")).isZero();
    Map<String, Double> asNew = scores(table.toString());
    scores("--part=training")
        .forEach((place, score) -> assertThat(score).isCloseTo(asNew.get(place), rounding(score)));
  }

  @Test
  void examplesInAFileTrainTheSameModel() throws IOException {
    Path mapped = folder.resolve("mapped");
    assertThat(train(run, "model.prior.type=exemplar", "dataset.mapped=false")).isZero();
    assertThat(train(mapped, "model.prior.type=exemplar", "dataset.mapped=true"))
        .as(vae.err())
        .isZero();
    assertThat(metrics(mapped)).isEqualTo(metrics(run));
  }

  /** Without the last column, which is time. */
  private static List<String> metrics(Path of) throws IOException {
    return Files.readAllLines(of.resolve("metrics.csv")).stream()
        .map(line -> line.substring(0, line.lastIndexOf(',')))
        .toList();
  }

  @Test
  void otherTrainingExamplesAreRefusedEvenWhereOtherDataAreAllowed() throws IOException {
    assertThat(train(run, "model.prior.type=exemplar")).as(vae.err()).isZero();
    String first = Files.readString(table);
    Files.writeString(table, first.replaceFirst("\n[^,]*,", "\n77,"));
    for (List<String> command :
        List.of(
            List.of("score", run.toString(), "-o", folder.resolve("z.csv").toString()),
            List.of("train", "-q", "--resume", "--output=" + run, "training.epochs=3"))) {
      Stream<String> allowed = Stream.concat(command.stream(), Stream.of("--allow-changed-data"));
      assertThat(vae.run(allowed.toArray(String[]::new))).isEqualTo(ExitCode.DATA);
      assertThat(vae.err())
          .contains(
              "vae: " + run + ": its prior is made of the training examples, which have changed")
          .contains("; put the data back as they were, or train anew\n");
    }
    assertThat(folder.resolve("z.csv")).doesNotExist();

    Files.writeString(table, first);
    assertThat(vae.run("train", "-q", "--resume", "--output=" + run, "training.epochs=3"))
        .as(vae.err())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exemplars = 49: there are only 48 training examples; set it to at most 48, or to 0 for all",
        "neighbours = 50: there are only 48 exemplars; set it to at most 48, or to 0 for all"
      })
  void moreThanThereAreIsOneSentence(String message) {
    String setting = message.substring(0, message.indexOf(':'));
    assertThat(train(run, "model.prior={ type = exemplar, " + setting + " }"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).endsWith("vae: model.prior." + message + "\n");
    assertThat(run).doesNotExist();
  }
}
