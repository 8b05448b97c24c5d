package org.largevae.runner.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;

/** Which cells of a grid the conditions of {@code --only} choose. */
class SelectionTest {
  @TempDir private Path folder;
  private Sweep sweep;

  @BeforeEach
  void setUp() throws IOException {
    sweep =
        new SweepFixture(folder)
            .plan(
                """
                runs = [ { name = "two layers", model.encoder.hidden = [9, 9] }, { name = plain } ]
                axes {
                  model.prior.type = [standard, vampprior]
                  experiment.seed = [1, 2, 3]
                }
                """);
  }

  @Test
  void withoutConditionsAllCellsAreChosen() {
    assertThat(new Selection(List.of()).of(sweep)).isEqualTo(sweep);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prior=vampprior", "model.prior.type=vampprior"})
  void anAxisIsNamedByItsKeyOrAsInTables(String condition) {
    assertThat(chosen(condition))
        .containsExactly(
            "two-layers-vampprior-seed-1",
            "two-layers-vampprior-seed-2",
            "two-layers-vampprior-seed-3",
            "plain-vampprior-seed-1",
            "plain-vampprior-seed-2",
            "plain-vampprior-seed-3");
  }

  @Test
  void valuesOfOneAxisAreAlternativesAndAxesHoldTogether() {
    assertThat(chosen("seed=3", "run=two layers", "seed=1", "prior=standard"))
        .containsExactly("two-layers-standard-seed-1", "two-layers-standard-seed-3");
  }

  @Test
  void theGridAroundThemStays() {
    Sweep part = new Selection(List.of("seed=1")).of(sweep);

    assertThat(part.axes()).isEqualTo(sweep.axes());
    assertThat(part.members()).hasSize(4).isSubsetOf(sweep.members());
  }

  @Test
  void everyFaultIsToldBeforeAnythingIsChosen() {
    assertThatThrownBy(() -> chosen("vampprior", "priors=standard", "prior=vamprior", "seed=1"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            """
            --only vampprior: must be AXIS=VALUE
            --only priors=standard: the sweep sweep has no such axis. Did you mean "prior"? Known:\
             prior, run, seed.
            --only prior=vamprior: is not a value of the axis model.prior.type. Did you mean\
             "vampprior"? Known: standard, vampprior.""");
  }

  private List<String> chosen(String... conditions) {
    return new Selection(Arrays.asList(conditions))
        .of(sweep).cells().stream().map(GridCell::name).toList();
  }
}
