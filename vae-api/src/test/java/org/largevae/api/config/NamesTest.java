package org.largevae.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  private static final List<String> PRIORS = List.of("vampprior", "standard", "mixture");

  @ParameterizedTest
  @CsvSource({
    "vamprior, vampprior",
    "vamppriors, vampprior",
    "VampPrior, vampprior",
    "standrad, standard",
    "standard, standard",
    "mixtures, mixture"
  })
  void aMistypedNameFindsTheNearest(String written, String meant) {
    assertThat(Names.nearest(written, PRIORS)).contains(meant);
  }

  @Test
  void aDistantNameFindsNone() {
    assertThat(Names.nearest("normalizing-flow", PRIORS)).isEmpty();
    assertThat(Names.nearest("standard", List.of())).isEmpty();
    assertThat(Names.nearest("4", List.of("2", "20"))).isEmpty();
    assertThat(Names.nearest("", PRIORS)).isEmpty();
  }

  @Test
  void equallyNearNamesAreOrderedByTheAlphabet() {
    assertThat(Names.nearest("cat", List.of("rat", "bat", "hat"))).contains("bat");
  }

  @Test
  void aQuestionProposesTheNearestOrNothing() {
    assertThat(Names.question("vamprior", PRIORS)).isEqualTo("; did you mean vampprior?");
    assertThat(Names.question("normalizing-flow", PRIORS)).isEmpty();
  }

  @Test
  void aSuggestionListsWhatExistsInOrder() {
    assertThat(Names.suggest("vamprior", PRIORS))
        .isEqualTo("Did you mean \"vampprior\"? Known: mixture, standard, vampprior.");
    assertThat(Names.suggest("normalizing-flow", PRIORS))
        .isEqualTo("Known: mixture, standard, vampprior.");
    assertThat(Names.suggest("standard", List.of())).isEqualTo("None is known.");
  }
}
