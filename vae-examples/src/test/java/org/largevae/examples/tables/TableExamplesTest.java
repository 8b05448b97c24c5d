package org.largevae.examples.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.core.TrainedVae;
import org.largevae.runner.cli.Main;

/**
 * What docs/anomaly-detection.md, docs/imputation.md and docs/counts.md say, in short trainings.
 */
class TableExamplesTest {
  private static final Path DATA = Path.of("data/tables");
  private static final Path EXAMPLES = Path.of("tables");

  /** Of tables/reference.txt: ten principal components of log counts for equal totals. */
  private static final double PRINCIPAL_COMPONENTS_ACCURACY = 0.7957;

  @TempDir private Path folder;

  private String train(String configuration, String table, String... overrides) {
    Path run = folder.resolve("run-" + overrides.length + String.join("", overrides).hashCode());
    List<String> arguments =
        new ArrayList<>(List.of("train", EXAMPLES.resolve(configuration).toString()));
    arguments.add("dataset.file=" + DATA.resolve(table));
    arguments.addAll(List.of(overrides));
    arguments.addAll(List.of("--output", run.toString(), "--quiet"));
    vae(arguments.toArray(String[]::new));
    return run.toString();
  }

  private static void vae(String... arguments) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);

    int code = new Main().run(out, out, arguments);

    assertThat(code).as(text.toString(StandardCharsets.UTF_8)).isZero();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void malignantTumoursAreLessLikelyUnderAModelOfBenignOnes() throws IOException {
    String run = train("breast-cancer.conf", "breast-cancer-benign.csv");

    String test = DATA.resolve("breast-cancer-test.csv").toString();
    vae("score", run, test, "-o", file("scores.csv"), "--false-alarm-rate", "0.05");

    ScoredRows rows = ScoredRows.read(folder.resolve("scores.csv"), "benign");
    assertThat(rows.curve("log-likelihood").area()).isGreaterThan(0.95);
    assertThat(rows.curve("elbo").area()).isGreaterThan(0.95);
    // 5 %, and three standard errors of 100 rows
    assertThat(rows.falseAlarmRate()).isLessThan(0.05 + 3 * Math.sqrt(0.05 * 0.95 / 100));
    assertThat(rows.detectionRate()).isGreaterThan(0.6);

    try (TrainedVae vae = TrainedVae.open(Path.of(run))) {
      NamedCsvRecord first = HiddenCells.rows(Path.of(test)).get(0);
      Map<String, Double> values = new HashMap<>();
      vae.rows()
          .columns()
          .forEach(column -> values.put(column, Double.valueOf(first.getField(column))));
      double score = vae.logLikelihood(vae.rows().of(values), 200, 1);
      double written = Double.parseDouble(rows.rows().get(0).getField("log-likelihood"));
      // the same draws; the rounding of float32 differs between batches
      assertThat(score).isCloseTo(written, within(1e-2));
    }

    Path forest = EXAMPLES.resolve("isolation-forest.csv");
    AnomalyDetection.main(new String[] {file("scores.csv"), forest.toString(), file("roc.png")});
    assertThat(folder.resolve("roc.png")).isNotEmptyFile();
  }

  @Test
  void valuesFilledInAreCloserThanColumnMeans() throws IOException {
    String run = train("wine.conf", "wine-missing20.csv", "training.epochs=20");

    String gaps = DATA.resolve("wine-missing20.csv").toString();
    vae("impute", run, gaps, "-o", file("filled.csv"), "--samples", "50");

    String complete = DATA.resolve("wine.csv").toString();
    HiddenCells cells =
        new HiddenCells(HiddenCells.rows(Path.of(complete)), HiddenCells.rows(Path.of(gaps)));
    ImputationErrors errors =
        ImputationErrors.of(cells, HiddenCells.rows(folder.resolve("filled.csv")));
    assertThat(errors.mean().model()).isLessThan(0.85 * errors.mean().simple());
    assertThat(errors.words().get("type").model()).isLessThan(0.05);

    FilledGaps.main(new String[] {complete, gaps, file("imputed.png"), file("filled.csv")});
    assertThat(folder.resolve("imputed.png")).isNotEmptyFile();
  }

  @Test
  void negativeBinomialCountsAreLikelierAndLatentsTellCellTypes() throws IOException {
    String run = train("pbmc68k.conf", "pbmc68k-counts.csv");
    String poisson = train("pbmc68k.conf", "pbmc68k-counts.csv", "model.likelihood.type=poisson");

    assertThat(nats(poisson) - nats(run)).isGreaterThan(20);

    vae("encode", run, "-o", file("latents.csv"));
    LabelledLatents cells = LabelledLatents.read(folder.resolve("latents.csv"));
    assertThat(cells.neighbourAccuracy(CellTypes.NEIGHBOURS))
        .isGreaterThan(PRINCIPAL_COMPONENTS_ACCURACY - 0.02);

    CellTypes.main(new String[] {file("latents.csv"), file("latents.png")});
    assertThat(folder.resolve("latents.png")).isNotEmptyFile();
  }

  /** -log p(x) of the test part. */
  private static double nats(String run) throws IOException {
    String text = Files.readString(Path.of(run, "results.json"));
    JsonObject results = JsonParser.parseString(text).getAsJsonObject();
    return results.getAsJsonObject("test").get("nll").getAsDouble();
  }
}
