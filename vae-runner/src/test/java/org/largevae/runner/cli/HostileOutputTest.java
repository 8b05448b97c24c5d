package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Module;
import com.google.inject.util.Modules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.component.NoSettings;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.core.registry.ServiceRegistry;

/** Words from files, plugins and the command line cannot steer the terminal. */
class HostileOutputTest {
  @TempDir private Path folder;

  @Test
  void errorsShowControlCharacters() {
    CommandFixture vae = CommandFixture.fake(folder);
    assertThat(vae.run("train", "\u001b]0;owned\u0007x")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .startsWith("vae: \"\\u001B]0;owned\\u0007x\": no such file or preset.")
        .doesNotContain("\u001b", "\u0007");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "experiment.name = \"\\u001b[31m\"",
        "\"\\u0007\\u001b[2J\" = 1",
        "model.prior.type = \"\\u001b[31m\"",
        "training.epochs = \"\\u009b2J\"",
        "dataset.binarization = \"\\u202e\"",
        "include \"\\u001b[2J\"",
        "a = ${\"\\u001b[2J\"}",
        "a = \u001b[2J]"
      })
  void noWordOfAFileSteersTheTerminal(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), text);
    CommandFixture vae = CommandFixture.fake(folder);

    assertThat(vae.run("train", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .startsWith("vae: ")
        .hasLineCount(1)
        .matches(shown -> shown.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'))
        .doesNotContain("\u202e");
  }

  /** A dataset of somebody else's. */
  private static final class LoudDataset extends DatasetProvider<NoSettings> {
    LoudDataset() {
      super("loud", "\u001b[2Jhidden\u0007\nsecond line", NoSettings.class);
    }

    @Override
    public Dataset load(NoSettings settings, DataFiles files) {
      throw new UnsupportedOperationException();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plugins", "plugins loud", "datasets"})
  void descriptionsOfPluginsShowControlCharacters(String command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Module module =
        Modules.override(new VaeModule())
            .with(
                binder ->
                    binder
                        .bind(ServiceRegistry.class)
                        .toInstance(ServiceRegistry.of(List.of(new LoudDataset()))));
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(new Main(module).run(CommandEnvironment.plain(print, print), command.split(" ")))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\\u001B[2Jhidden\\u0007\\u000Asecond line")
        .doesNotContain("\u001b", "\u0007");
  }

  @ParameterizedTest
  @CsvSource({
    "a plain line, a plain line",
    "a\u001b[2Jb, a\\u001B[2Jb",
    "a\u009b2Jb, a\\u009B2Jb",
    "a\u202eb, a\\u202Eb",
    "a\\b$1, a\\b$1",
  })
  void aLineShowsWhatCannotBeSeen(String text, String shown) {
    assertThat(TerminalText.line(text)).isEqualTo(shown);
  }

  @Test
  void aLineIsOneLine() {
    assertThat(TerminalText.line("a\r\nb\tc")).isEqualTo("a\\u000D\\u000Ab\tc");
  }
}
