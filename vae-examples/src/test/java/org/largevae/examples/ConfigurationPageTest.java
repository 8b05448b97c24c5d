package org.largevae.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.runner.configuration.ConfigurationPage;

class ConfigurationPageTest {

  /** Components of the class path only: plugins that a user has installed are not described. */
  private final ServiceRegistry registry = new ServiceRegistry(getClass().getClassLoader());

  @Test
  void pageHasEveryKeyOfTheSettingsRecords() throws IOException {
    new GeneratedPage("configuration.md", getClass()).requireFresh(ConfigurationPage.of(registry));
  }

  @Test
  void pageDescribesEveryComponentOfEveryKind() {
    String page = ConfigurationPage.of(registry);
    for (ComponentKind<?> kind : ComponentKind.configured()) {
      assertThat(page).contains("\n## " + kind.section() + "\n");
      registry
          .all(kind)
          .forEach(
              provider ->
                  assertThat(page)
                      .contains("\n### " + kind.label() + " " + provider.name() + "\n"));
    }
  }
}
