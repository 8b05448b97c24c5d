package org.largevae.examples;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.runner.configuration.ConfigurationPage;

class ConfigurationPageTest {

  /** Components of the class path only: plugins that a user has installed are not described. */
  @Test
  void pageHasEveryKeyOfTheSettingsRecords() throws IOException {
    ServiceRegistry registry = new ServiceRegistry(getClass().getClassLoader());
    new GeneratedPage("configuration.md", getClass()).requireFresh(ConfigurationPage.of(registry));
  }
}
