package org.largevae.runner.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.testing.FakeComponents;

/** Files that want something opened, read or filled up. */
@Timeout(60)
class HostileHoconTest {
  @TempDir Path folder;

  private final ExperimentLoader loader = new ExperimentLoader(FakeComponents.registry());

  @Test
  void noAddressIsAskedForAnInclude() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> asked.incrementAndGet());
    server.start();
    try {
      String address = "http://localhost:" + server.getAddress().getPort() + "/a.conf";
      assertRefused("include url(\"" + address + "\")", "include \"" + address + "\"");
      assertRefused("include \"" + address + "\"", "include \"" + address + "\"");
    } finally {
      server.stop(0);
    }
    assertThat(asked).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${HOME}",
        "${?HOME}",
        "${user.home}",
        "${?user.home}",
        "${java.version}",
        "${?PATH}"
      })
  void neitherEnvironmentNorSystemPropertiesAreSubstituted(String substitution) throws IOException {
    Path file = write("experiment.name = run" + substitution);
    if (substitution.contains("?")) {
      assertThat(loader.load(file.toString(), List.of()).name()).isEqualTo("run");
    } else {
      assertRefused("experiment.name = run" + substitution, "the environment is not read");
    }
    assertThat(
            loader
                .load(
                    "digits-vampprior",
                    List.of("dataset.name=images", "dataset.folder=" + substitution))
                .section("dataset")
                .text("folder"))
        .isEqualTo(substitution);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "/etc",
        "a/b",
        "..",
        ".",
        ".hidden",
        "a\\\\b",
        "C:x",
        "a\\u0000b",
        "a\\nb",
        "",
        " a",
        "\\u001b[2J",
        "\\u009b2J",
        "a\\u202eb"
      })
  void aNameThatIsNoPlainFolderIsRefused(String name) throws IOException {
    Path file = write("experiment.name = \"" + name + "\"");
    assertThatThrownBy(() -> loader.load(file.toString(), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .matches(text -> text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'));
  }

  static Stream<Arguments> excesses() {
    return Stream.of(
        Arguments.of("a {".repeat(100_000), "nested more than 50 deep"),
        Arguments.of("a" + ".a".repeat(60) + " = 1", "nested more than 50 deep"),
        Arguments.of("a = " + "[".repeat(100_000), "nested more than 50 deep"),
        Arguments.of("a = 1\n".repeat(200_000), "is longer than a configuration can be"),
        Arguments.of("include \"\\u001b[2J\"", "include \"?[2J\": an experiment is one file"),
        Arguments.of("include required(file(\"/etc/passwd\"))", "include \"/etc/passwd\""),
        Arguments.of("a { include required(classpath(\"x\")) }", "include \"x\""),
        Arguments.of("a = [{ include\n\"/etc/passwd\" }]", "include \"/etc/passwd\""));
  }

  @ParameterizedTest
  @MethodSource("excesses")
  void whatIsTooMuchOrOfOtherFilesIsRefused(String text, String message) throws IOException {
    assertRefused(text, message);
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        Arguments.of("a = \"\"\"" + "{\n".repeat(60) + "\"\"\"", "{\n".repeat(60)),
        Arguments.of("a = \"\"\"x\"\"\"\"\"", "x\"\""),
        Arguments.of("# " + "{".repeat(99) + "\n// " + "[\"".repeat(99) + "\na = x", "x"),
        Arguments.of("a = \"include file(x)\"\ninclude-x = 1\n\"include\" = 2", "include file(x)"),
        Arguments.of("\ufeffa = x", "x"),
        Arguments.of("b = 1, a = \"${b} }\" # ${c}", "${b} }"));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void whatOnlyLooksLikeItIsRead(String text, String value) {
    assertThat(Hocon.parse(text, "a.conf").toConfig().getString("a")).isEqualTo(value);
  }

  /** The library speaks of parentheses there. */
  @Test
  void aMissingBraceIsNamed() throws IOException {
    assertRefused("model {\n", "expecting a key or a closing brace, not: end of file");
  }

  @Test
  void anOverrideThatIsNoPlainFolderNameIsRefused() {
    assertThatThrownBy(() -> loader.load("digits-vampprior", List.of("experiment.name=a\u001bb")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("must be usable as a folder's name");
  }

  @Test
  void usualSubstitutionsAreAllowed() throws IOException {
    String many =
        IntStream.range(0, 100)
            .mapToObj(i -> "${training.epochs}")
            .collect(Collectors.joining(", ", "note = [", "]"));
    Path file =
        write(
            "training { epochs = 30, batch-size = ${training.epochs}, samples = ${training.batch-size} }");
    assertThat(loader.load(file.toString(), List.of()).training().samples()).isEqualTo(30);
    assertThat(Hocon.parse("training.epochs = 3\n" + many, "a").toConfig().getIntList("note"))
        .hasSize(100);
  }

  private void assertRefused(String text, String message) throws IOException {
    Path file = write(text);
    assertThatThrownBy(() -> loader.load(file.toString(), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(file.toString())
        .message()
        .hasSizeLessThan(1000);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("a.conf"), text);
  }
}
