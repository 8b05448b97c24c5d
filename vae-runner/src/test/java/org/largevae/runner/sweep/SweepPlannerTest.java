package org.largevae.runner.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;

/** Which members a sweep has, and that every one is checked before any is run. */
class SweepPlannerTest {
  @TempDir private Path folder;
  private SweepFixture fixture;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new SweepFixture(folder);
  }

  @Test
  void theGridHasEveryCombinationWithSeedsVaryingFastest() throws IOException {
    Sweep sweep = fixture.plan("axes { experiment.seed = [1, 2], model.latent-size = [2, 3] }\n");

    assertThat(sweep.cells())
        .extracting(GridCell::name)
        .containsExactly(
            "latent-size-2-seed-1",
            "latent-size-2-seed-2",
            "latent-size-3-seed-1",
            "latent-size-3-seed-2");
    Member last = sweep.cells().get(3).member();
    assertThat(last.experiment().section("model").longInteger("latent-size")).isEqualTo(3);
    assertThat(last.experiment().seed()).isEqualTo(2);
    assertThat(last.experiment().name()).isEqualTo("latent-size-3-seed-2");
  }

  @Test
  void runsAreCrossedWithAxes() throws IOException {
    Sweep sweep =
        fixture.plan(
            """
            sweep { prefix = bars }
            runs = [ { name = "wide one", model.encoder.hidden = [9, 9] }, { name = plain } ]
            axes.experiment.seed = [4]
            """);

    assertThat(sweep.cells())
        .extracting(GridCell::name)
        .containsExactly("bars-wide-one-seed-4", "bars-plain-seed-4");
    assertThat(
            sweep.cells().get(0).member().experiment().section("model.encoder").integers("hidden"))
        .containsExactly(9, 9);
  }

  @Test
  void aSweepWithoutAxesHasOneMember() throws IOException {
    assertThat(fixture.plan("").cells()).extracting(GridCell::name).containsExactly("run");
  }

  @Test
  void keysOfAnotherMembersComponentAreLeftOutAndEqualMembersAreRunOnce() throws IOException {
    Sweep sweep =
        fixture.plan(
            """
            axes {
              model.prior.pseudo-inputs = [3, 5]
              model.prior.type = [standard, vampprior]
            }
            """);

    assertThat(sweep.cells()).hasSize(4);
    assertThat(sweep.members())
        .extracting(Member::name)
        .containsExactly(
            "pseudo-inputs-3-standard", "pseudo-inputs-3-vampprior", "pseudo-inputs-5-vampprior");
    assertThat(sweep.cells().get(2).member()).isEqualTo(sweep.cells().get(0).member());
    assertThat(sweep.members().get(0).experiment().section("model.prior").has("pseudo-inputs"))
        .isFalse();
    assertThat(
            sweep.members().get(2).experiment().section("model.prior").longInteger("pseudo-inputs"))
        .isEqualTo(5);
  }

  @Test
  void objectivesAreNamedAndTheirKeysAreLeftOutAsThoseOfOtherComponents() throws IOException {
    String ofTypes = "axes.training.objective.type = [elbo, free-bits]";
    String ofNames =
        "runs = [{ name = a, training.objective = elbo }, { name = b, training.objective = free-bits }]";
    for (String axis : List.of(ofTypes, ofNames)) {
      Sweep sweep = fixture.plan(axis + "\naxes.training.objective.per = [latent, level]");

      assertThat(sweep.cells()).hasSize(4);
      assertThat(sweep.members())
          .extracting(member -> member.experiment().section("training.objective").config())
          .extracting(config -> config.root().unwrapped())
          .containsExactly(
              Map.of("type", "elbo", "kl", "sampled"),
              Map.of("type", "free-bits", "nats", 0.5, "per", "latent"),
              Map.of("type", "free-bits", "nats", 0.5, "per", "level"));
    }
  }

  @Test
  void anObjectiveThatIsSetTwiceIsRefusedHoweverItIsWritten() {
    assertThatThrownBy(
            () ->
                fixture.plan(
                    "axes.training.objective = [elbo, iwae]", "training.objective.type=elbo"))
        .hasMessageContaining(
            "training.objective.type: is set by the command line and by the axis");
  }

  @Test
  void anAxisMayBeOfWholeSections() throws IOException {
    Sweep sweep =
        fixture.plan(
            """
            axes.model.prior = [{ type = standard }, { type = vampprior, pseudo-inputs = 6 }]
            """);

    assertThat(sweep.cells())
        .extracting(GridCell::name)
        .containsExactly("standard", "vampprior-pseudo-inputs-6");
    assertThat(sweep.cells().get(1).member().experiment().prior()).isEqualTo("vampprior");
  }

  @Test
  void aKeyBesideAComponentThatHasItNotIsRefused() {
    assertThatThrownBy(
            () ->
                fixture.plan(
                    "axes.model.prior = [{ type = standard, pseudo-inputs = 6 },"
                        + " { type = vampprior }]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("model.prior.pseudo-inputs = 6: unknown key")
        .hasMessageContaining("sweep.conf: 2");
  }

  @Test
  void overridesOfTheFileAndTheCommandLineGoToAllMembers() throws IOException {
    Sweep sweep =
        fixture.plan(
            "overrides { training.epochs = 9, training.batch-size = 4 }\n"
                + "axes.experiment.seed = [1, 2]",
            "training.epochs=11");

    assertThat(sweep.members())
        .allSatisfy(
            member -> {
              assertThat(member.epochs()).isEqualTo(11);
              assertThat(member.experiment().training().batchSize()).isEqualTo(4);
            });
    assertThat(sweep.deviations()).containsExactly("training.epochs=11");
  }

  @Test
  void otherSeedsReplaceThoseOfTheFile() throws IOException {
    Sweep sweep = fixture.planSeeds("axes { experiment.seed = [7], model.latent-size = [2] }", 3);

    assertThat(sweep.members()).extracting(m -> m.experiment().seed()).containsExactly(1L, 2L, 3L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.latent-sise = [2] | model.latent-sise = 2: unknown key. Did you mean"
            + " \"model.latent-size\"?",
        "model.latent-size = [2, two] | model.latent-size = \"two\": must be a whole number",
        "model.prior.type = [standard, vamprior] | Did you mean \"vampprior\"?",
        "model.prior.pseudo-inputs = [many] | model.prior.pseudo-inputs = \"many\": must be a"
            + " whole number",
        "model.prior.pseudo-inputs = [0] | model.prior.pseudo-inputs = 0: must be at least 1",
        "model.encoder.hidden = [9] | model.encoder.hidden = 9: must be a list of whole numbers",
        "training.optimizer.learning-rate = [-1] | must be above 0",
        "dataset.width = [wide] | dataset.width = \"wide\": must be a whole number",
      })
  void aBadAxisFailsBeforeAnyRunNamingKeyFileAndLine(String axis, String message) {
    assertThatThrownBy(() -> fixture.plan("\naxes { experiment.seed = [1, 2]\n" + axis + " }"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("sweep.conf: 4")
        .satisfies(fault -> assertThat(fault.getMessage().lines()).hasSize(1));
  }

  @Test
  void aMistypedComponentIsToldBeforeKeysThatItMayHave() {
    String axis = "axes.model.prior.type = [standard, vamprior]";

    assertThatThrownBy(() -> fixture.plan(axis, "model.prior.pseudo-inputs=3"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Did you mean \"vampprior\"?")
        .hasMessageContaining("sweep.conf: 2")
        .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("pseudo-inputs"));
  }

  @Test
  void faultsOfSeveralAxesAreToldAtOnce() {
    assertThatThrownBy(
            () -> fixture.plan("axes {\n modl.latent-size = [2]\n experiment.seed = [x]\n}"))
        .hasMessageContaining("sweep.conf: 3")
        .hasMessageContaining("sweep.conf: 4");
  }

  @Test
  void missingDataFailBeforeAnyRun() {
    assertThatThrownBy(() -> fixture.plan("axes.dataset.folder = [nowhere]"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void aKeyThatIsSetTwiceIsRefused() {
    assertThatThrownBy(
            () ->
                fixture.plan(
                    "runs = [{ name = a, model.latent-size = 3 }]\naxes.model.latent-size = [4]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "model.latent-size: is set by the axis run and by the axis model.latent-size")
        .hasMessageContaining("sweep.conf: 3");
    assertThatThrownBy(() -> fixture.plan("axes.experiment.seed = [1]", "experiment.seed=2"))
        .hasMessageContaining("experiment.seed: is set by the command line and by the axis");
  }

  @Test
  void membersOfOneNameAreRefused() {
    assertThatThrownBy(
            () ->
                fixture.plan(
                    "runs = [{ name = \"a b\", model.latent-size = 3 },"
                        + " { name = \"a/b\", model.latent-size = 4 }]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("two members would be named \"a-b\"");
  }

  @Test
  void aGridBeyondAllMeasureIsRefused() {
    List<Integer> values = IntStream.rangeClosed(1, 101).boxed().toList();

    assertThatThrownBy(
            () ->
                fixture.plan(
                    "axes { experiment.seed = "
                        + values
                        + ", model.latent-size = "
                        + values
                        + " }"))
        .hasMessageContaining("has 10,201 combinations, more than 10,000");
  }
}
