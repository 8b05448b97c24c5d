package org.largevae.core.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.ModelShape;
import org.largevae.api.dataset.RawTable;
import org.largevae.api.files.OutputException;
import org.largevae.core.data.BatchedExamples;
import org.largevae.core.engine.PyTorch;
import org.largevae.core.evaluation.Baseline;
import org.largevae.core.evaluation.Evaluator;
import org.largevae.core.folder.TrainingSession;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.OneLevelVae;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.objective.ElboObjective;
import org.largevae.core.training.OptimizerSettings;
import org.largevae.core.training.TrainingListener;
import org.largevae.core.training.TrainingSettings;
import org.largevae.likelihoods.Gaussian;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.VampPrior;

/** Tables that do not fit Java's memory, each in a process of its own with little of it. */
class LargeTableTest {
  private static final int COLUMNS = 20;

  /** Of 160 MB. */
  private static final int ROWS = 2_000_000;

  @TempDir private Path temporary;

  @Test
  @Tag("slow")
  void aTableLargerThanMemoryIsTrainedOnAndEvaluated() throws Exception {
    assertThat(output(List.of(), "96m", ROWS, "auto", true))
        .contains("mapped: true")
        .contains("1 epoch, evaluated 200000 examples, baseline fitted");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aTableLargerThanMemoryIsRefusedThere() throws Exception {
    assertThat(output(List.of(), "16m", ROWS / 8, "false", false))
        .containsPattern(
            "refused: mapped keeps all values in memory, but they take 20.0 MB and Java has"
                + " 1\\d.\\d MB; set dataset.mapped = auto");
  }

  /** Files may only become so large, which is to the program as a full disk. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDiskThatFillsUpIsToldAndNothingIsLeft() throws Exception {
    List<String> limit = List.of("sh", "-c", "ulimit -f 2000; exec \"$0\" \"$@\"");
    assertThat(output(limit, "96m", 100_000, "true", false))
        .contains("refused: " + temporary + ": cannot be written: File too large; a table larger")
        .contains("name another folder with VAE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
    assertThat(temporary).isEmptyDirectory();
  }

  private String output(List<String> wrapper, String memory, int rows, String mapped, boolean train)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + memory, "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-Djna.nosys=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Application.class.getName(), "" + rows, mapped, "" + train));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  /** Trains on a table and prints what came of it. */
  static final class Application {
    private Application() {}

    public static void main(String[] arguments) {
      String section = "split = [0.8, 0.1, 0.1], columns.real = [%s], mapped = %s";
      Generated table = new Generated(Integer.parseInt(arguments[0]));
      try {
        PreparedDataset dataset =
            Prepared.preparation(
                    String.format(
                        Locale.ROOT, section, String.join(",", table.columns()), arguments[1]))
                .prepare(table);
        System.out.println("mapped: " + dataset.training().isMapped());
        if (Boolean.parseBoolean(arguments[2])) {
          train(dataset);
        }
      } catch (SettingException refusal) {
        System.out.println("refused: " + refusal.key() + " " + refusal.rule());
      } catch (OutputException refusal) {
        System.out.println("refused: " + refusal.getMessage());
      }
    }

    private static void train(PreparedDataset dataset) {
      PyTorch.start();
      try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
        TrainingSession session =
            new TrainingSession(
                settings(),
                new ElboObjective(),
                1,
                BatchedExamples.of(manager, dataset.training(), dataset.data(), false),
                BatchedExamples.of(manager, dataset.validation(), dataset.data(), false),
                new TrainingListener() {},
                () -> false);
        ModelShape shape = ModelShape.of(dataset.data(), 2);
        OneLevelVae vae =
            new OneLevelVae(
                shape,
                new GatedMlpEncoder(shape, 4),
                new VampPrior(shape, 3),
                new GatedMlpDecoder(shape, new Gaussian(dataset.data()), 4));
        try (ParameterizedModel model =
            ModelFactory.initialize(
                vae, ModelFactory.classNames(vae), Device.cpu(), 1, session.training())) {
          int epochs = session.inMemory(model).size();
          BatchedExamples test = BatchedExamples.of(manager, dataset.test(), dataset.data(), false);
          int evaluated =
              Evaluator.evaluate(model, test, 1, 2000, 1, done -> {}).result().examples();
          Baseline.fit(dataset.data(), dataset.training()).orElseThrow().on(dataset.test());
          System.out.printf(
              Locale.ROOT, "%d epoch, evaluated %d examples, baseline fitted%n", epochs, evaluated);
        }
      }
    }

    private static TrainingSettings settings() {
      return new TrainingSettings(
          1,
          5000,
          1,
          1,
          TrainingSettings.BetaSchedule.CONSTANT,
          0,
          1,
          0,
          1e6,
          new OptimizerSettings(OptimizerSettings.Type.ADAM, 1e-2, 0.9, 0.999, 1e-8));
    }
  }

  /** Cells out of a thousand numbers, made when they are read. */
  private record Generated(int size) implements RawTable {
    private static final double[] NUMBERS =
        IntStream.range(0, 1000).mapToDouble(i -> i / 300.0 - 1.5).toArray();
    private static final String[] TEXTS =
        Arrays.stream(NUMBERS).mapToObj(String::valueOf).toArray(String[]::new);

    @Override
    public String name() {
      return "generated";
    }

    @Override
    public List<String> columns() {
      return IntStream.range(0, COLUMNS).mapToObj(i -> "c" + i).toList();
    }

    @Override
    public Map<String, String> fingerprints() {
      return Map.of();
    }

    @Override
    public Rows rows() {
      return new Rows() {
        private int row = -1;

        private int cell(int column) {
          return Math.floorMod((row * 31 + column) * 0x9E3779B9 >> 8, NUMBERS.length);
        }

        @Override
        public boolean next() {
          return ++row < size;
        }

        @Override
        public boolean isMissing(int column) {
          return false;
        }

        @Override
        public String text(int column) {
          return TEXTS[cell(column)];
        }

        @Override
        public double number(int column) {
          return NUMBERS[cell(column)];
        }

        @Override
        public String place() {
          return "row " + row;
        }

        @Override
        public void close() {
          // nothing is held
        }
      };
    }
  }
}
