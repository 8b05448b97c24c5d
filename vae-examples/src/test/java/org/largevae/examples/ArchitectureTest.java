package org.largevae.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.largevae.api.component.Provider;

/**
 * Who may know whom: the modules, the packages within them, and the libraries they are built on.
 */
@AnalyzeClasses(
    packages = "org.largevae",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoExamples.class})
class ArchitectureTest {

  /**
   * The examples of this module are published nowhere, and stand outside as an application does.
   */
  static final class NoExamples implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/org/largevae/examples/");
    }
  }

  @ArchTest static final ArchRule apiKnowsNoOtherModule = module("api");

  @ArchTest static final ArchRule priorsKnowTheApiAlone = module("priors", "api");

  @ArchTest static final ArchRule likelihoodsKnowTheApiAlone = module("likelihoods", "api");

  @ArchTest static final ArchRule networksKnowTheApiAlone = module("networks", "api");

  @ArchTest static final ArchRule datasetsKnowTheApiAlone = module("datasets", "api");

  @ArchTest static final ArchRule testkitKnowsTheApiAlone = module("testkit", "api");

  @ArchTest static final ArchRule coreKnowsNoComponentByClass = module("core", "api");

  @ArchTest
  static final ArchRule runnerKnowsNoComponentByClass = module("runner", "core", "datasets", "api");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().assignedFrom(packages()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule guiceWiresTheCommandAlone = only("runner.cli", "com.google.inject..");

  @ArchTest
  static final ArchRule constructorsAreMarkedForInjectionInTheRunnerAlone =
      only("runner.", "jakarta.inject..");

  @ArchTest
  static final ArchRule commandLineIsParsedAndTerminalDrawnInTheCommandAlone =
      only("runner.cli", "picocli..", "me.tongfei..", "org.jline..");

  @ArchTest
  static final ArchRule chartsAndPagesAreMadeInReportsAlone =
      only("runner.report", "org.knowm..", "freemarker..");

  @ArchTest
  static final ArchRule tablesAreParsedWithTheFileFormatsAlone =
      only("datasets.format", "de.siegmar..");

  @ArchTest
  static final ArchRule jsonIsReadAndWrittenInTheCore = only("core.", "com.google.gson..");

  @ArchTest
  static final ArchRule componentsKnowNoProvider =
      noClasses()
          .that(
              resideInAnyPackage(
                  "org.largevae.priors..",
                  "org.largevae.likelihoods..",
                  "org.largevae.networks..",
                  "org.largevae.core.objective.."))
          .and(not(assignableTo(Provider.class)))
          .should()
          .dependOnClassesThat(assignableTo(Provider.class))
          .because("a constructor has to do without configuration");

  @ArchTest
  static final ArchRule componentsTouchNoFiles =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.largevae.priors..",
              "org.largevae.likelihoods..",
              "org.largevae.networks..",
              "org.largevae.testkit..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.largevae.api.files..")
          .because("it is there for large-vae's own modules");

  @ArchTest
  static final ArchRule nothingButTheCommandWritesToTheConsole =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.largevae.runner.cli..")
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static void everyPackageSaysWhatLivesInIt(JavaClasses classes) {
    Set<String> silent =
        classes.stream()
            .map(JavaClass::getPackage)
            .filter(one -> one.tryGetPackageInfo().isEmpty())
            .map(JavaPackage::getName)
            .collect(Collectors.toSet());

    assertThat(silent).as("packages without a package-info").isEmpty();
  }

  /** Of large-vae's own modules, one knows itself and those named. */
  private static ArchRule module(String name, String... known) {
    String itself = "org.largevae." + name + "..";
    String[] others =
        Arrays.stream(known).map(other -> "org.largevae." + other + "..").toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(itself)
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.largevae..")
                .and(not(resideInAPackage(itself)))
                .and(not(resideInAnyPackage(others))));
  }

  /** A library is known where it is used; a place that ends in a dot includes what lies below. */
  private static ArchRule only(String place, String... library) {
    String within = "org.largevae." + (place.endsWith(".") ? place + "." : place);
    return noClasses()
        .that()
        .resideOutsideOfPackage(within)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }

  private static SliceAssignment packages() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return SliceIdentifier.of(type.getPackageName());
      }

      @Override
      public String getDescription() {
        return "packages";
      }
    };
  }
}
