package org.largevae.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Settings;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.configuration.ExperimentLoader;

class OtherFileTest {
  @TempDir private Path folder;

  private static Experiment experiment(String... overrides) {
    ServiceRegistry registry = new ServiceRegistry(OtherFileTest.class.getClassLoader());
    return new ExperimentLoader(registry).load("digits-vampprior", List.of(overrides));
  }

  @Test
  void anotherFileIsReadWithTheSameSettings() throws IOException {
    Path other = Files.createFile(folder.resolve("other.csv"));

    Settings section =
        OtherFile.section(
            experiment("dataset={ name = table, file = own.csv, separator = tab }"),
            other,
            List.of());

    assertThat(section.text("file")).isEqualTo(other.toString());
    assertThat(section.text("separator")).isEqualTo("tab");
  }

  /** A first line that reads as the own file's did not is no reason to ask. */
  @Test
  void theHeaderIsThatOfTheOwnFile() throws IOException {
    Path other = Files.createFile(folder.resolve("other.csv"));
    Experiment own = experiment("dataset={ name = table, file = own.csv, header = auto }");

    assertThat(OtherFile.section(own, other, List.of("age", "7")).text("header")).isEqualTo("true");
    assertThat(OtherFile.section(own, other, List.of("1", "3")).text("header")).isEqualTo("false");
  }

  @Test
  void aFileOfLabelsIsTheOwnFilesAlone() throws IOException {
    Path other = Files.createDirectory(folder.resolve("pictures"));

    Settings folders =
        OtherFile.section(
            experiment("dataset={ name = images, folder = own, labels = folders }"),
            other,
            List.of());
    Settings file =
        OtherFile.section(
            experiment("dataset={ name = images, folder = own, labels = own.csv }"),
            other,
            List.of());

    assertThat(folders.text("labels")).isEqualTo("folders");
    assertThat(folders.text("folder")).isEqualTo(other.toString());
    assertThat(file.has("labels")).isFalse();
  }

  @Test
  void dataThatAreInNoFileOfTheUsersAreTold() {
    assertThatThrownBy(() -> OtherFile.section(experiment(), Path.of("new.csv"), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "new.csv: cannot be read as the run's data were: its dataset is digits, which is in no"
                + " file of yours; without a file the run's own data are taken");
  }
}
