package org.largevae.runner.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.testing.FakeComponents;
import org.largevae.runner.configuration.ExperimentLoader;

/** What a sweep's file may say, and what is said of one that is wrong. */
class SweepReaderTest {
  @TempDir private Path folder;
  private SweepFixture fixture;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new SweepFixture(folder);
  }

  @Test
  void axesStandInTheOrderOfTheFileWithRunsFirstAndSeedsLast() throws IOException {
    SweepDefinition sweep =
        fixture.read(
            """
            sweep { name = mine, prefix = p }
            axes {
              experiment.seed = [1, 2]
              "model.latent-size" = [2, 3]
              model { prior.type = [standard] }
            }
            runs = [ { name = wide, model.encoder.hidden = [9] }, { training.epochs = 5 } ]
            """);

    assertThat(sweep.name()).isEqualTo("mine");
    assertThat(sweep.prefix()).isEqualTo("p");
    assertThat(sweep.axes())
        .extracting(Axis::key)
        .containsExactly("run", "model.latent-size", "model.prior.type", "experiment.seed");
    assertThat(sweep.axes().get(0).choices())
        .extracting(AxisValue::label)
        .containsExactly("wide", "epochs 5");
    assertThat(sweep.axes().get(1).choices())
        .extracting(AxisValue::part)
        .containsExactly("latent-size-2", "latent-size-3");
    assertThat(sweep.axes().get(2).choices())
        .extracting(AxisValue::part)
        .containsExactly("standard");
  }

  @Test
  void aFileWithoutANameIsCalledAfterItself() throws IOException {
    assertThat(fixture.read("axes.experiment.seed = [1]").name()).isEqualTo("sweep");
  }

  @Test
  void valuesKeepTheirSpellingAndSectionsShowTheirParts() throws IOException {
    SweepDefinition sweep =
        fixture.read(
            """
            axes {
              training.optimizer.learning-rate = [5e-4, 1e30]
              "model.prior" = [{ pseudo-inputs = 500, type = vampprior }]
              model.encoder.hidden = [[300, 300]]
              model.decoder.hidden = [[300]]
            }
            """);

    // a quoted path is one key with a section as its value: an axis of whole sections
    assertThat(sweep.axes().get(0).choices())
        .extracting(AxisValue::label)
        .containsExactly("5e-4", "1e30");
    assertThat(sweep.axes().get(1).choices())
        .extracting(AxisValue::label)
        .containsExactly("vampprior, pseudo-inputs 500");
    assertThat(sweep.axes().get(2).choices().get(0).part()).isEqualTo("encoder.hidden-300 x 300");
    assertThat(sweep.axes().get(3).choices().get(0).part()).isEqualTo("decoder.hidden-300");
  }

  @Test
  void theBaseMayBeAFileBesideTheSweepOrAPreset() throws IOException {
    Files.writeString(folder.resolve("base.conf"), "model.latent-size = 7");
    Path file = Files.writeString(folder.resolve("a.conf"), "base = base.conf");
    Path preset = Files.writeString(folder.resolve("b.conf"), "base = digits-vampprior");
    SweepReader reader = new SweepReader(new ExperimentLoader(FakeComponents.registry()));

    assertThat(reader.read(file).base().toConfig().getInt("model.latent-size")).isEqualTo(7);
    assertThat(reader.read(preset).base().toConfig().getString("dataset.name")).isEqualTo("digits");
  }

  @Test
  void aBaseThatIsNowhereIsToldWithItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), "\nbase = digits-vamprior");

    assertThatThrownBy(
            () -> new SweepReader(new ExperimentLoader(FakeComponents.registry())).read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("\"digits-vamprior\": no such file or preset")
        .hasMessageContaining("Did you mean \"digits-vampprior\"?")
        .hasMessageEndingWith("(base, from " + file + ": 2)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "axes.experiment.seed = [] | experiment.seed: the axis is empty",
        "axes.experiment.seed = 3 | experiment.seed = 3: an axis must be a list of values,"
            + " for example [3]",
        "axes.experiment.seed = [1, 2, 1] | experiment.seed = 1: the axis lists 1 twice",
        "axes.experiment.name = [a] | experiment.name: cannot be an axis",
        "axes = 3 | axes = 3: must be a section axes { ... }",
        "axis.experiment.seed = [1] | axis: unknown key of a sweep. Did you mean \"axes\"?",
        "runs = [] | runs: must be a list of at least one",
        "runs = [3] | runs = 3: each must be a section",
        "runs = [{ name = a }, { name = a }] | runs: there are two runs named \"a\"",
        "overrides = 3 | overrides = 3: must be a section",
        "sweep.name = \"a/b\" | sweep.name = \"a/b\": must be of letters",
        "sweep.nam = a | sweep: must be a section of name and prefix",
        "base = 3 | base = 3: must be the name of a preset, a file, or an experiment",
      })
  void aFaultNamesTheKeyTheRuleAndThePlace(String line, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("sweep.conf"), fixture.base() + "\n" + line);

    assertThatThrownBy(() -> fixture.read(line))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("(from " + file + ": 2)");
  }

  @Test
  void allFaultsAreToldAtOnce() {
    assertThatThrownBy(() -> fixture.read("axes.experiment.seed = []\nruns = 1\nbases = 2"))
        .satisfies(
            fault ->
                assertThat(fault.getMessage().lines().toList())
                    .hasSize(3)
                    .anyMatch(line -> line.contains("sweep.conf: 2"))
                    .anyMatch(line -> line.contains("sweep.conf: 3"))
                    .anyMatch(line -> line.contains("sweep.conf: 4")));
  }

  @Test
  void aPublishedTableIsReadWithItsPlaces() throws IOException {
    PublishedTable published =
        fixture
            .read(
                """
                axes { model.latent-size = [2, 3], model.prior.type = [standard, vampprior] }
                printed {
                  title = "Table 1"
                  measure = bits-per-dimension
                  versus = model.prior.type
                  cells = [ { model.latent-size = 3, model.prior.type = standard, value = 4.5 } ]
                }
                """)
            .published()
            .orElseThrow();

    assertThat(published.measure()).isEqualTo(Measure.BITS_PER_DIMENSION);
    assertThat(published.figures()).hasSize(1);
    assertThat(published.figures().get(0).value()).isEqualTo(4.5);
    assertThat(published.figures().get(0).labels())
        .containsEntry("model.latent-size", "3")
        .containsEntry("model.prior.type", "standard");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ model.prior.type = standard } | each needs a number as its value",
        "{ value = 1 } | lacks its value on the axis model.prior.type",
        "{ model.prior.type = flow, value = 1 } | is not a value of the axis."
            + " Its values are standard",
        "{ model.prior.type = standard, a = 1, value = 1 } | names a key that is not an axis",
      })
  void aPublishedFigureWithoutAPlaceIsRefused(String cell, String message) {
    String text =
        "axes.model.prior.type = [standard, vampprior]\n"
            + "printed { measure = nll, versus = model.prior.type, cells = ["
            + cell
            + "] }";

    assertThatThrownBy(() -> fixture.read(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("sweep.conf: 3");
  }

  @Test
  void aPublishedTableOfAnUnknownMeasureOrAxisIsRefused() {
    assertThatThrownBy(
            () ->
                fixture.read(
                    "axes.model.prior.type = [standard]\n"
                        + "printed { measure = bits, versus = model.prior, cells = [] }"))
        .hasMessageContaining(
            "printed.measure = \"bits\": must be one of nll, pessimistic-nll, baseline,")
        .hasMessageContaining("must be one of the axes. Known: model.prior.type.");
  }

  @Test
  void labelsOfLongMembersStayFolderNames() {
    List<String> parts = List.of("a/b c", "x".repeat(200));

    assertThat(SweepLabels.folderName(parts)).hasSize(100).startsWith("a-b-c-xxx");
    assertThat(SweepLabels.folderName(parts))
        .isNotEqualTo(SweepLabels.folderName(List.of("a/b c", "x".repeat(201))));
    assertThat(SweepLabels.folderName(List.of("..", "../up"))).isEqualTo("up");
  }
}
