package org.largevae.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the types of all published modules are called, those within others too. */
@AnalyzeClasses(
    packages = "org.largevae",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class TypeNamesTest {

  /** Words that end a name without saying what the thing is; a participle is no noun. */
  private static final Pattern NO_NOUN =
      Pattern.compile(
          ".*(?:[A-Z][a-z]*[^e]ed|Written|Shown|Found|Kept|Drawn|Known|Given|Shelf|Holder|Identity"
              + "|Place|Surroundings|Advance|Inference|Helper|Utils?|Manager|Impl)");

  /** A property of a density, and so the field's adjective. */
  private static final Set<String> PROPERTIES = Set.of("Factorised");

  @ArchTest
  static void noTwoTypesShareASimpleName(JavaClasses classes) {
    Map<String, List<String>> byName =
        named(classes)
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    byName.values().removeIf(types -> types.size() == 1);

    assertThat(byName).isEmpty();
  }

  @ArchTest
  static void namesAreNouns(JavaClasses classes) {
    assertThat(named(classes).map(JavaClass::getSimpleName))
        .filteredOn(name -> NO_NOUN.matcher(name).matches() && !PROPERTIES.contains(name))
        .isEmpty();
  }

  private static Stream<JavaClass> named(JavaClasses classes) {
    return classes.stream()
        .filter(type -> !type.isAnonymousClass() && !type.getSimpleName().equals("package-info"));
  }
}
