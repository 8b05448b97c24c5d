package org.largevae.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.data.DataException;
import org.largevae.api.prior.PriorProvider;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.datasets.files.DataLocations;
import org.largevae.datasets.files.StandardDataFiles;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.configuration.Preset;
import org.largevae.runner.configuration.Presets;
import org.largevae.runner.run.DataLoading;
import org.largevae.runner.run.ExperimentCheck;
import org.largevae.runner.sweep.Axis;
import org.largevae.runner.sweep.Measure;
import org.largevae.runner.sweep.Member;
import org.largevae.runner.sweep.PublishedTable;
import org.largevae.runner.sweep.Sweep;
import org.largevae.runner.sweep.SweepDefinition;
import org.largevae.runner.sweep.SweepPlanner;
import org.largevae.runner.sweep.SweepReader;

/** The report's tables as sweeps: their set-ups, and the figures that it prints. */
class SweepsTest {
  private static final ClassLoader CLASSES = SweepsTest.class.getClassLoader();

  private final ServiceRegistry registry = new ServiceRegistry(CLASSES);
  private final ExperimentLoader loader = new ExperimentLoader(registry, new Presets(CLASSES));
  private final SweepReader reader = new SweepReader(loader);
  private final Presets sweeps = Presets.ofSweeps(CLASSES);

  @Test
  void theTablesAreThereTheShortestFirst() {
    assertThat(sweeps.all())
        .extracting(Preset::name)
        .containsExactly(
            "table-1",
            "table-3",
            "table-2",
            "priors",
            "priors-mnist",
            "paper-table-1-freyfaces",
            "paper-table-1-mnist",
            "paper-table-1-dynamic-mnist",
            "paper-table-1-omniglot",
            "paper-table-1-caltech101-silhouettes");
    assertThat(sweeps.all()).extracting(Preset::description).noneMatch(String::isBlank);
  }

  @ParameterizedTest
  @CsvSource({
    "paper-table-1-freyfaces, hvae, standard, 4.61",
    "paper-table-1-freyfaces, hvae, vampprior, 4.51",
    "paper-table-1-freyfaces, conv-hvae, vampprior, 4.45",
    "paper-table-1-freyfaces, pixel-hvae, vampprior, 4.38",
    "paper-table-1-mnist, hvae, standard, 86.05",
    "paper-table-1-mnist, hvae, vampprior, 83.19",
    "paper-table-1-mnist, conv-hvae, vampprior, 81.09",
    "paper-table-1-mnist, pixel-hvae, vampprior, 79.78",
    "paper-table-1-dynamic-mnist, hvae, vampprior, 81.24",
    "paper-table-1-omniglot, hvae, vampprior, 101.18",
    "paper-table-1-caltech101-silhouettes, hvae, vampprior, 108.28"
  })
  void thePaperPrintsTheseFigures(String table, String run, String prior, double value) {
    PublishedTable published = read(table).published().orElseThrow();

    assertThat(published.figures()).hasSize(6);
    assertThat(published.figures())
        .filteredOn(figure -> figure.labels().values().containsAll(List.of(run, prior)))
        .singleElement()
        .extracting(PublishedTable.PublishedFigure::value)
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "table-1, 10, standard, 4.569",
    "table-1, 10, vampprior, 4.555",
    "table-1, 40, standard, 4.620",
    "table-1, 40, vampprior, 4.532",
    "table-1, 100, standard, 4.562",
    "table-1, 100, vampprior, 4.537",
    "table-2, 10, standard, 93.917",
    "table-2, 10, vampprior, 92.297",
    "table-2, 40, standard, 89.703",
    "table-2, 40, vampprior, 89.015",
    "table-2, 100, standard, 90.042",
    "table-2, 100, vampprior, 90.780",
    "table-3, 'H 600, K 500', standard, 4.620",
    "table-3, 'H 600, K 500', vampprior, 4.536",
    "table-3, 'H 300, K 1000', standard, 4.617",
    "table-3, 'H 300, K 1000', vampprior, 4.532",
    "table-3, 'H 300, K 100', standard, 4.617",
    "table-3, 'H 300, K 100', vampprior, 4.528"
  })
  void theStudentReportPrintsTheseFigures(String table, String row, String prior, double value) {
    PublishedTable published = read(table).published().orElseThrow();

    assertThat(published.figures()).hasSize(6);
    assertThat(published.versus()).isEqualTo("model.prior.type");
    assertThat(published.measure())
        .isEqualTo(table.equals("table-2") ? Measure.NLL : Measure.BITS_PER_DIMENSION);
    assertThat(published.figures())
        .filteredOn(figure -> figure.labels().values().containsAll(List.of(row, prior)))
        .singleElement()
        .extracting(PublishedTable.PublishedFigure::value)
        .isEqualTo(value);
  }

  @Test
  void freyFacesHaveThreeSeedsAndMnistOne() {
    assertThat(plan("table-1").cells()).hasSize(3 * 2 * 3);
    assertThat(plan("table-3").cells()).hasSize(3 * 2 * 3);
    assertThat(plan("table-2").cells()).hasSize(3 * 2);
    Sweep fewer = planner().plan(read("table-1"), List.of(), OptionalInt.of(1));
    assertThat(fewer.cells()).hasSize(3 * 2);
  }

  @Test
  void theTablesOnFreyFacesShareTheRunsThatTheyHaveInCommon() {
    List<Member> first = plan("table-1").members();
    List<Member> third = plan("table-3").members();

    // without pseudo-inputs the rows of 300 hidden units are one set-up, and that of table 1
    assertThat(third).hasSize(3 * (2 + 3));
    Set<Object> distinct = new LinkedHashSet<>();
    first.forEach(member -> distinct.add(member.identity()));
    third.forEach(member -> distinct.add(member.identity()));
    assertThat(distinct).hasSize(18 + 15 - 3);
  }

  @Test
  void membersHaveTheSetUpsOfThePresets() {
    for (Member member : plan("table-3").members()) {
      assertThat(member.epochs()).isEqualTo(830);
      assertThat(member.experiment().evaluation().importanceSamples()).isEqualTo(5000);
      assertThat(member.experiment().section("model").longInteger("latent-size")).isEqualTo(40);
      int hidden = member.name().contains("H-600") ? 600 : 300;
      assertThat(member.experiment().section("model.encoder").integers("hidden"))
          .containsExactly(hidden, hidden);
      assertThat(member.experiment().section("model.decoder").integers("hidden"))
          .containsExactly(hidden, hidden);
    }
    assertThat(plan("table-3").members())
        .filteredOn(member -> member.name().contains("K-1000-vampprior"))
        .hasSize(3)
        .allSatisfy(
            member ->
                assertThat(member.experiment().section("model.prior").longInteger("pseudo-inputs"))
                    .isEqualTo(1000));
  }

  @Test
  void everyPriorOfOneStageIsSetBesideTheOthers() {
    List<String> installed = new ArrayList<>();
    ServiceLoader.load(PriorProvider.class).forEach(provider -> installed.add(provider.name()));
    // its objective trains nothing but the prior
    installed.remove("density-ratio");
    for (String table : List.of("priors", "priors-mnist")) {
      List<Member> members = plan(table).members();
      assertThat(members).extracting(member -> member.experiment().prior()).containsAll(installed);
      assertThat(members)
          .filteredOn(member -> !member.experiment().prior().equals("uniform-sphere"))
          .extracting(member -> member.experiment().section("model").longInteger("latent-size"))
          .containsOnly(40L);
    }
    assertThat(plan("priors").cells()).hasSize(16 * 3);
    assertThat(plan("priors-mnist").cells()).hasSize(16);
  }

  @Test
  void theExampleOfTheDocumentationHasEightMembers() {
    SweepDefinition example = reader.read(Path.of("sweeps/digits-priors.conf"));

    assertThat(example.axes())
        .extracting(Axis::key)
        .containsExactly("model.latent-size", "model.prior.type", "experiment.seed");
    assertThat(planner().plan(example, List.of(), OptionalInt.empty()).members())
        .extracting(Member::name)
        .hasSize(8)
        .contains("latent-size-5-standard-seed-1", "latent-size-20-vampprior-seed-2");
  }

  private SweepDefinition read(String name) {
    return reader.read(sweeps, sweeps.require(name));
  }

  private Sweep plan(String name) {
    return planner().plan(read(name), List.of(), OptionalInt.empty());
  }

  /** Finds the data that come with this module. */
  private SweepPlanner planner() {
    Path data = Path.of("data").toAbsolutePath();
    DataLocations places =
        new DataLocations(CLASSES, List.of(data), data.resolve("none"), Path.of(""), true);
    StandardDataFiles files =
        new StandardDataFiles(
            places,
            (file, folder) -> {
              throw new DataException("tests download nothing");
            });
    return new SweepPlanner(
        loader, registry, new ExperimentCheck(registry, new DataLoading(registry, files)));
  }
}
