package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.core.testing.FakeComponents;

/** The commands that list things, help and versions. */
class ListCommandsTest {
  @TempDir private Path folder;

  private CommandFixture vae;

  @BeforeEach
  void prepare() {
    vae = CommandFixture.fake(folder);
  }

  @Test
  void pluginsNamesEachComponentUnderItsJar() {
    assertThat(vae.run("plugins")).isZero();

    assertThat(vae.out().lines())
        .hasSize(15)
        .contains(
            "  prior       standard              a prior",
            "  prior       vampprior             a prior",
            "  posterior   gaussian              a posterior",
            "  likelihood  discretized-logistic  a likelihood",
            "  dataset     freyfaces             a dataset",
            "  objective   iwae                  Importance-weighted bound over training.samples"
                + " draws");
    assertThat(vae.err()).isEmpty();
  }

  @Test
  void pluginsAsJsonSayWhatIsInstalledAndWhatIsRefused() {
    assertThat(vae.run("plugins", "--json")).isZero();

    JsonObject json = JsonParser.parseString(vae.out()).getAsJsonObject();
    assertThat(json.keySet()).containsExactly("installed", "refused");
    JsonObject first = json.getAsJsonArray("installed").get(0).getAsJsonObject();
    assertThat(first.keySet()).containsExactly("kind", "name", "description", "version", "source");
    assertThat(first.get("name").getAsString()).isEqualTo("standard");
    // of the jar that the component came from; a folder of classes has none
    String version = FakeComponents.class.getPackage().getImplementationVersion();
    JsonElement found = first.get("version");
    assertThat(found.isJsonNull() ? null : found.getAsString()).isEqualTo(version);
    assertThat(json.getAsJsonArray("refused")).isEmpty();
  }

  @Test
  void datasetsTellHowToGetWhatIsNotHere() {
    assertThat(vae.run("datasets")).isZero();

    assertThat(vae.out())
        .contains(
            "images: a dataset\n  keys: dataset.folder, dataset.width\n",
            "freyfaces: a dataset\n  freyfaces.npy: not here\n"
                + "    from    https://example.org/freyfaces.npy\n"
                + "    into    ")
        .containsPattern(Pattern.compile("into .*freyfaces\n    SHA-256 ab12\n"));
  }

  @Test
  void datasetsAsJsonNamePlaceAddressAndHash() {
    assertThat(vae.run("datasets", "--json")).isZero();

    JsonArray json = JsonParser.parseString(vae.out()).getAsJsonArray();
    JsonObject faces = json.get(1).getAsJsonObject();
    assertThat(faces.get("name").getAsString()).isEqualTo("freyfaces");
    JsonObject file = faces.getAsJsonArray("files").get(0).getAsJsonObject();
    assertThat(file.keySet()).containsExactly("name", "place", "addresses", "folder", "sha256");
    assertThat(file.get("place").isJsonNull()).isTrue();
  }

  @Test
  void presetsAreListedAndShown() {
    assertThat(vae.run("presets")).isZero();
    assertThat(vae.out()).contains("digits-vampprior  quick start");
    assertThat(vae.run("presets", "digits-vampprior")).isZero();
    assertThat(vae.out()).contains("experiment { name = digits-vampprior }");
    assertThat(vae.run("presets", "digits-vamprior")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .startsWith("vae: \"digits-vamprior\": no such preset. Did you mean \"digits-vampprior\"?");
  }

  @Test
  void versionsAreTold() {
    assertThat(vae.run("--version")).isZero();

    assertThat(vae.out().lines()).hasSize(3);
    assertThat(vae.out()).startsWith("vae ").contains("\nDJL 0.", "\nJava " + Runtime.version());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "evaluate",
        "score",
        "impute",
        "sample",
        "reconstruct",
        "encode",
        "presets",
        "plugins",
        "datasets"
      })
  void everyCommandHelpsWithExamples(String command) {
    assertThat(vae.run(command, "--help")).isZero();

    assertThat(vae.out())
        .contains("Usage: vae " + command, "Examples:\n", "--stacktrace", "--help")
        .doesNotContain("${");
    assertThat(vae.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(vae.err()).isEmpty();
  }

  @Test
  void theHelpNamesCommandsAndExitCodes() {
    assertThat(vae.run("--help")).isZero();

    assertThat(vae.out()).contains("train ", "datasets ", "Exit codes:", "130  interrupted");
  }

  @Test
  void aMissingOrUnknownCommandIsOneLine() {
    assertThat(vae.run()).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).isEqualTo("vae: a command is missing; see `vae --help`\n");
    assertThat(vae.run("trian")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).startsWith("vae: no such command: trian; did you mean train?; see");
    assertThat(vae.run("evalute")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).startsWith("vae: no such command: evalute; did you mean evaluate?; see");
    assertThat(vae.run("datasets", "extra")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err()).isEqualTo("vae: no such argument: extra; see `vae datasets --help`\n");
  }
}
