package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.core.TrainedVae;

/** The commands on tables that people bring: score, encode, impute, sample. */
class TableCommandsTest {
  private static final int ROWS = 120;
  private static final int SAMPLES = 5;
  private static final String HEADER = "id,\"city, or town\",age,income,smoker,kind,note";

  /** One run for all tests, none of which changes it. */
  @TempDir private static Path shared;

  private static Path run;
  private static List<String> lines;

  @TempDir private Path folder;
  private CommandFixture vae;

  @BeforeAll
  static void trainRun() throws IOException {
    lines = table(ROWS);
    Path table = Files.write(shared.resolve("own.csv"), lines);
    run = shared.resolve("run");
    CommandFixture vae = CommandFixture.installed(shared);
    assertThat(vae.run(training(table, run))).as(vae.err()).isZero();
  }

  @BeforeEach
  void makeCommand() {
    vae = CommandFixture.installed(folder);
  }

  /** No half-written file is left by any command. */
  @AfterEach
  void nothingHalfWrittenIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(n -> n.endsWith(".tmp"));
    }
  }

  private static String[] training(Path table, Path output, String... more) {
    Stream<String> arguments =
        Stream.of(
            "train",
            "table",
            "-q",
            "--output=" + output,
            "dataset.file=" + table,
            "dataset.columns={ category = [\"city, or town\"], count = [age], positive = [income],"
                + " binary = [smoker], identifier = id, label = kind, leave-out = [note] }",
            "model.latent-size=2",
            "model.encoder.hidden=[5]",
            "model.decoder.hidden=[5]",
            "training.epochs=2",
            "experiment.threads=1",
            "evaluation={ importance-samples = "
                + SAMPLES
                + ", validation-importance-samples = 5 }");
    return Stream.concat(arguments, Arrays.stream(more)).toArray(String[]::new);
  }

  /** A header and rows, one in ten cells of them without a value. */
  private static List<String> table(int rows) {
    Random random = new Random(4);
    List<String> cities = List.of("Oslo", "\"Bergen, west\"", "\"a \"\"b\"\"\"");
    Stream<String> body =
        IntStream.range(0, rows)
            .mapToObj(
                i ->
                    String.join(
                        ",",
                        "r" + i,
                        random.nextInt(10) == 0 ? "NA" : cities.get(random.nextInt(3)),
                        random.nextInt(10) == 0 ? "" : String.valueOf(random.nextInt(90)),
                        random.nextInt(10) == 0
                            ? "?"
                            : String.format(Locale.ROOT, "%.2f", Math.exp(random.nextGaussian())),
                        random.nextInt(10) == 0 ? "" : random.nextBoolean() ? "yes" : "no",
                        i % 2 == 0 ? "even" : "odd",
                        "n" + i));
    return Stream.concat(Stream.of(HEADER), body).toList();
  }

  private Path file(String name, List<String> content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private List<String> written(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name));
  }

  private int call(String command, Object... arguments) {
    return vae.run(
        Stream.concat(
                Stream.of(command, run.toString()), Arrays.stream(arguments).map(String::valueOf))
            .toArray(String[]::new));
  }

  private static double column(String line, int from, int which) {
    return Double.parseDouble(line.split(",")[from + which]);
  }

  @Test
  void scoresOfAFileAreThoseOfItsRowsInTheirOrder() throws IOException {
    Path file =
        file(
            "new.csv",
            List.of(
                "kind,age,income,id,smoker,\"city, or town\",other",
                "odd,40,1.5,first,yes,Oslo,x",
                "even,,NA,\"sec,ond\",no,\"Bergen, west\",y",
                "odd,40.0,1.50,third,yes,Oslo,z"));
    Path scores = folder.resolve("scores.csv");

    assertThat(call("score", file, "-o", scores)).as(vae.err()).isZero();

    List<String> found = written("scores.csv");
    assertThat(found.get(0)).isEqualTo("place,identifier,label,log-likelihood,elbo");
    assertThat(found.get(1)).startsWith("0,first,odd,");
    assertThat(found.get(2)).startsWith("1,\"sec,ond\",even,");
    assertThat(found.get(3)).startsWith("2,third,odd,");
    assertThat(found).hasSize(4);
    try (TrainedVae model = TrainedVae.open(run)) {
      float[] row =
          model
              .rows()
              .of(Map.of("city, or town", "Oslo", "age", 40, "income", 1.5, "smoker", "yes"));
      assertThat(column(found.get(1), 3, 0))
          .isCloseTo(model.logLikelihood(row, SAMPLES, 1), within(1e-4));
      assertThat(column(found.get(1), 3, 1)).isCloseTo(model.elbo(row, SAMPLES, 1), within(1e-4));
    }
    assertThat(column(found.get(3), 3, 0)).isCloseTo(column(found.get(1), 3, 0), within(1e-4));
    assertThat(vae.out())
        .startsWith("scores in nats, in the data's own units, the higher the more usual: ")
        .endsWith("both from 5 draws of z\n" + scores + "\n");
  }

  @Test
  void scoresOfTheRunsOwnDataNameTheirPartsAndAgreeWithItsResults() throws IOException {
    assertThat(call("score", "-o", folder.resolve("all.csv"))).as(vae.err()).isZero();
    assertThat(call("score", "--part=test", "-o", folder.resolve("test.csv"))).isZero();

    List<String> all = written("all.csv");
    assertThat(all).hasSize(1 + ROWS);
    assertThat(all.get(0)).isEqualTo("place,identifier,label,part,log-likelihood,elbo");
    assertThat(all).filteredOn(line -> line.contains(",training,")).hasSize(96);
    assertThat(all).filteredOn(line -> line.contains(",validation,")).hasSize(12);
    assertThat(IntStream.range(0, ROWS))
        .allSatisfy(i -> assertThat(all.get(i + 1)).startsWith(i + ",r" + i + ","));
    List<String> test = all.stream().filter(line -> line.contains(",test,")).toList();
    assertThat(written("test.csv")).hasSize(13);
    double mean = test.stream().mapToDouble(line -> column(line, 4, 0)).average().orElseThrow();
    double nll =
        JsonParser.parseString(Files.readString(run.resolve("results.json")))
            .getAsJsonObject()
            .getAsJsonObject("test")
            .get("nll")
            .getAsDouble();
    assertThat(-mean).isCloseTo(nll, within(1e-4));
    assertThat(all.stream().skip(1))
        .allSatisfy(
            line -> assertThat(column(line, 4, 1)).isLessThanOrEqualTo(column(line, 4, 0) + 1e-9));
  }

  @Test
  void theBoundAloneTakesOneDraw() throws IOException {
    Path file = file("new.csv", lines.subList(0, 4));
    assertThat(call("score", file, "--elbo", "--seed=3", "-o", folder.resolve("s.npy"))).isZero();
    assertThat(vae.out())
        .contains("elbo, a lower bound of log p(x) on average, from one draw of z");
    assertThat(call("score", file, "--samples=1", "--seed=3", "-o", folder.resolve("t.csv")))
        .isZero();

    ByteBuffer array =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("s.npy"))).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new String(array.array(), 0, 192, StandardCharsets.ISO_8859_1))
        .contains("'descr': '<f8'", "'shape': (3, 1)");
    for (int row = 0; row < 3; row++) {
      double bound = array.getDouble(192 + 8 * row);
      // with one draw both are the same
      assertThat(column(written("t.csv").get(row + 1), 3, 0)).isCloseTo(bound, within(1e-9));
      assertThat(column(written("t.csv").get(row + 1), 3, 1)).isEqualTo(bound);
    }
  }

  @Test
  void anAnomalyIsBelowWhatAShareOfTheValidationRowsIsBelow() throws IOException {
    Path file = file("new.csv", lines);
    assertThat(call("score", "--part=validation", "-o", folder.resolve("v.csv"))).isZero();
    double[] sorted =
        written("v.csv").stream()
            .skip(1)
            .mapToDouble(line -> column(line, 4, 0))
            .sorted()
            .toArray();

    assertThat(call("score", file, "--false-alarm-rate=0.25", "-o", folder.resolve("a.csv")))
        .isZero();

    // 0.25 x 13 is 3.25: the third lowest of 12, and below it by more than rounding
    double limit = sorted[2] - 1e-5 * Math.abs(sorted[2]);
    List<String> found = written("a.csv");
    assertThat(found.get(0)).endsWith(",log-likelihood,elbo,anomaly");
    assertThat(found.stream().skip(1))
        .allSatisfy(line -> assertThat(line).endsWith(column(line, 3, 0) < limit ? ",1" : ",0"));
    long anomalies = found.stream().filter(line -> line.endsWith(",1")).count();
    assertThat(anomalies).isBetween(1L, ROWS - 1L);
    assertThat(vae.out())
        .contains("threshold: " + sorted[2] + ", ", anomalies + " of " + ROWS + " rows do");
    assertThat(call("score", file, "--false-alarm-rate=0.01")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .endsWith(
            "vae: --false-alarm-rate 0.01: is too low for 12 examples; it can be 0.0770 at the"
                + " least\n");
    assertThat(call("score", file, "--false-alarm-rate=1")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).endsWith("vae: --false-alarm-rate 1.0: must be above 0 and below 1\n");
  }

  @Test
  void latentsOfAFileAreItsRowsPosteriorMeans() throws IOException {
    Path file = file("new.csv", lines.subList(0, 6));

    assertThat(call("encode", file, "-o", folder.resolve("z.csv"))).as(vae.err()).isZero();
    assertThat(call("encode", "-o", folder.resolve("own.csv"))).as(vae.err()).isZero();

    List<String> latents = written("z.csv");
    assertThat(latents.get(0)).isEqualTo("place,identifier,label,z1,z2");
    assertThat(latents).hasSize(6);
    List<String> own = written("own.csv");
    assertThat(own.get(0)).isEqualTo("place,identifier,label,part,z1,z2");
    assertThat(own).hasSize(1 + ROWS);
    for (int row = 1; row < 6; row++) {
      assertThat(own.get(row).replaceFirst(",(training|validation|test),", ","))
          .startsWith(latents.get(row).substring(0, 10));
      assertThat(column(own.get(row), 4, 0))
          .isCloseTo(column(latents.get(row), 3, 0), within(1e-5));
    }
  }

  @Test
  void whatIsMissingIsFilledInAndAllElseStaysAsItWasWritten() throws IOException {
    Path file =
        file(
            "gaps.csv",
            List.of(
                "note,id,age,\"city, or town\",smoker,income,kind,more",
                "NA,a, 40,Oslo,yes,1.50,odd,",
                "\"x,y\",b,,?,NA,,even,1e-3",
                ",c,007,\"Bergen, west\",,+2.50,odd,z"));

    assertThat(call("impute", file, "-o", folder.resolve("f.csv"))).as(vae.err()).isZero();

    List<String> filled = written("f.csv");
    assertThat(filled.get(0)).isEqualTo("note,id,age,\"city, or town\",smoker,income,kind,more");
    assertThat(filled.get(1)).isEqualTo("NA,a, 40,Oslo,yes,1.50,odd,");
    assertThat(filled.get(2))
        .matches(
            "\"x,y\",b,\\d+,(Oslo|\"Bergen, west\"|\"a \"\"b\"\"\"),(yes|no),[0-9.E-]+,even,1e-3");
    assertThat(filled.get(3)).matches(",c,007,\"Bergen, west\",(yes|no),\\+2\\.50,odd,z");
    assertThat(filled).hasSize(4);
    assertThat(vae.out())
        .isEqualTo("filled 5 cells in 2 of 3 rows\n" + folder.resolve("f.csv") + "\n");
  }

  @Test
  void multipleImputationRepeatsEachRowWithItsDraws() throws IOException {
    Path file = file("gaps.csv", List.of(lines.get(0), "a,Oslo,40,1.50,yes,odd,n", "b,,,,,odd,n"));

    assertThat(call("impute", file, "--draws=20", "-o", folder.resolve("f.csv"))).isZero();

    List<String> filled = written("f.csv");
    assertThat(filled).hasSize(41);
    assertThat(filled.get(0)).isEqualTo("draw," + HEADER);
    for (int draw = 1; draw <= 20; draw++) {
      assertThat(filled.get(draw)).isEqualTo(draw + ",a,Oslo,40,1.50,yes,odd,n");
      assertThat(filled.get(20 + draw)).startsWith(draw + ",b,").endsWith(",odd,n");
    }
    assertThat(Set.copyOf(filled.subList(21, 41).stream().map(l -> l.split(",b,")[1]).toList()))
        .hasSizeGreaterThan(10);
    assertThat(vae.out()).startsWith("filled 4 cells in 1 of 2 rows\n");
  }

  @Test
  void theFormatOfATableStaysInWhatIsFilledIn() throws IOException {
    Path own =
        Files.write(
            folder.resolve("own.csv"),
            IntStream.range(0, 60)
                .mapToObj(
                    i ->
                        String.format(Locale.ROOT, "%.3f;%.2f", Math.sin(i), Math.cos(i))
                            .replace('.', ','))
                .toList());
    Path output = folder.resolve("run");
    assertThat(
            vae.run(
                training(
                    own,
                    output,
                    "dataset={ header = false, separator = semicolon, decimal = comma, columns = {"
                        + " category = [], count = [], positive = [], binary = [], identifier ="
                        + " null, label = null, leave-out = [], may-be-missing = [\"*\"] } }")))
        .as(vae.err())
        .isZero();
    Path gaps = file("gaps.csv", List.of("0,50;", "-0,5;0,25"));

    assertThat(vae.run("impute", output.toString(), gaps.toString(), "-o", folder + "/f.csv"))
        .as(vae.err())
        .isZero();

    assertThat(written("f.csv").get(0)).matches("0,50;-?\\d,\\d+(E-\\d+)?");
    assertThat(written("f.csv").get(1)).isEqualTo("-0,5;0,25");
  }

  @Test
  void samplesOfATableAreRowsInItsOwnKindsAndWords() throws IOException {
    assertThat(call("sample", "-n", 50, "-o", folder.resolve("s.csv"))).as(vae.err()).isZero();

    List<String> rows = written("s.csv");
    assertThat(rows.get(0)).isEqualTo("\"city, or town\",age,income,smoker");
    assertThat(rows).hasSize(51);
    assertThat(rows.stream().skip(1))
        .allMatch(
            line ->
                line.matches("(Oslo|\"Bergen, west\"|\"a \"\"b\"\"\"),\\d+,[0-9.E-]+,(yes|no)"));
    assertThat(call("sample", "-n", 3, "-o", folder.resolve("s.npy"))).isZero();
    ByteBuffer array =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("s.npy"))).order(ByteOrder.LITTLE_ENDIAN);
    try (TrainedVae model = TrainedVae.open(run)) {
      float[][] drawn = model.drawExamples(3, 1);
      for (int i = 0; i < 12; i++) {
        assertThat(array.getFloat(192 + 4 * i)).isEqualTo(drawn[i / 4][i % 4]);
      }
    }
    assertThat(call("sample", "-o", folder.resolve("s.png"))).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .isEqualTo(
            "vae: "
                + run
                + ": its examples are 1 x 4 values and no images, so there is nothing to draw; name"
                + " a .csv or .npy file with --output\n");
  }

  @Test
  void aTableIsEvaluatedAndItsRowsAreNotDrawn() {
    assertThat(call("evaluate")).as(vae.err()).isZero();
    assertThat(vae.out()).contains("-log p(x), nats");
    assertThat(call("reconstruct", "-o", folder.resolve("x.png"))).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).contains("its examples are 1 x 4 values and no images");
    assertThat(run.resolve("report.html")).isRegularFile();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "r1,Rome,40,1.5,yes,odd,n|line 3: column \"city, or town\" holds \"Rome\", which is none of its categories",
        "r1,Oslo,old,1.5,yes,odd,n|line 3: column \"age\" holds \"old\", which is no number",
        "r1,Oslo,4.5,1.5,yes,odd,n|line 3: column \"age\" holds 4.5; counts are whole numbers",
        "r1,Oslo,40,-1,yes,odd,n|line 3: column \"income\" holds -1; positive values are",
        "r1,Oslo,40|line 3 has 3 fields, but the first has 7",
      })
  void aBadRowIsNamedAndNothingIsWritten(String bad, String fault) throws IOException {
    Path file = file("bad.csv", List.of(HEADER, "r0,Oslo,40,1.5,yes,odd,n", bad));
    Path output = Files.writeString(folder.resolve("out.csv"), "as it was");

    for (String command : List.of("score", "encode", "impute")) {
      assertThat(call(command, file, "-o", output)).isEqualTo(ExitCode.DATA);

      assertThat(vae.err()).startsWith("vae: " + file + ": " + fault).hasLineCount(1);
      assertThat(vae.out()).isEmpty();
      assertThat(output).hasContent("as it was");
    }
  }

  @Test
  void aFileThatIsNoSuchTableIsRefused() throws IOException {
    Path lacking = file("lacking.csv", List.of("age,income,smoker", "1,1,yes"));
    Path empty = file("empty.csv", List.of());
    Path header = file("header.csv", List.of(HEADER));

    for (String command : List.of("score", "encode", "impute")) {
      assertThat(call(command, lacking, "-o", folder.resolve("o.csv"))).isEqualTo(ExitCode.DATA);
      assertThat(vae.err())
          .isEqualTo(
              "vae: "
                  + lacking
                  + ": lacks a column of the model: city, or town; it has age, income, smoker\n");
      assertThat(call(command, empty, "-o", folder.resolve("o.csv"))).isEqualTo(ExitCode.DATA);
      assertThat(vae.err()).isEqualTo("vae: " + empty + ": holds no rows\n");
      assertThat(call(command, header, "-o", folder.resolve("o.csv"))).isEqualTo(ExitCode.DATA);
      assertThat(vae.err()).isEqualTo("vae: " + header + ": the table has no rows\n");
      assertThat(call(command, folder.resolve("no.csv"), "-o", folder.resolve("o.csv")))
          .isEqualTo(ExitCode.DATA);
      assertThat(vae.err())
          .isEqualTo("vae: " + folder.resolve("no.csv") + ": there is no such file or folder\n");
    }
    assertThat(folder.resolve("o.csv")).doesNotExist();
  }

  @Test
  void argumentsThatDoNotGoTogetherAreRefused() throws IOException {
    Path file = file("new.csv", lines);

    assertThat(call("score", file, "--part=test")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .isEqualTo("vae: --part is for the run's own data; leave it out where a file is given\n");
    assertThat(call("score", file, "--samples=0")).isEqualTo(ExitCode.USAGE);
    assertThat(call("impute", file, "--draws=0")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).isEqualTo("vae: --draws 0: must be between 1 and 1000\n");
    assertThat(call("score", file, "-o", "x.parquet")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).isEqualTo("vae: x.parquet: the file's name must end in .csv or .npy\n");
    Path drawn = file("drawn.csv", List.of("draw," + HEADER, "1,a,Oslo,1,1,yes,odd,n"));
    assertThat(call("impute", drawn, "--draws=2", "-o", folder.resolve("o.csv")))
        .isEqualTo(ExitCode.DATA);
    assertThat(vae.err()).contains("has a column \"draw\" already");
  }

  @Test
  void anIdentifierThatIsThereTwiceIsRefusedInTrainingAndKeptInScoring() throws IOException {
    Path twice = file("twice.csv", Stream.concat(lines.stream(), Stream.of(lines.get(1))).toList());

    assertThat(vae.run(training(twice, folder.resolve("run")))).isEqualTo(ExitCode.DATA);
    assertThat(vae.err()).contains("line 122: the identifier \"r0\" was there before, in ");
    assertThat(call("score", twice, "-o", folder.resolve("s.csv"))).isZero();
    assertThat(written("s.csv").get(ROWS + 1)).startsWith("120,r0,");
  }

  /** From a process of its own, which is stopped in the midst of writing. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void anInterruptionLeavesNoFile() throws Exception {
    Path file = file("long.csv", table(20_000));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "score",
                run.toString(),
                file.toString(),
                "--samples=5000",
                "-o",
                folder.resolve("s.csv").toString())
            .start();
    try {
      while (Files.notExists(folder.resolve(".s.csv.tmp")) && process.isAlive()) {
        Thread.sleep(20);
      }
      process.toHandle().destroy();

      assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
      assertThat(process.errorReader().lines().toList())
          .endsWith("vae: interrupted, nothing was written; call the command again");
      assertThat(folder.resolve("s.csv")).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }
}
