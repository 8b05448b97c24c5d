package org.largevae.runner.experiment;

import org.largevae.core.testing.FakeComponents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
                .dataset()
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

  static Stream<Arguments> bombs() {
    String doubled =
        "a0 = xxxxxxxx\n"
            + IntStream.range(1, 40)
                .mapToObj(i -> "a" + i + " = ${a" + (i - 1) + "}${a" + (i - 1) + "}")
                .collect(Collectors.joining("\n"));
    return Stream.of(
        Arguments.of("{".repeat(100_000), "is nested more than 50 deep"),
        Arguments.of("a = " + "[".repeat(100_000), "is nested more than 50 deep"),
        Arguments.of("a" + ".a".repeat(100_000) + " = 1", "is nested more than 50 deep"),
        Arguments.of("a = ${" + "a.".repeat(400) + "b}", "is nested more than 50 deep"),
        Arguments.of("\"a{\".".repeat(60) + "b = 1", "is nested more than 50 deep"),
        Arguments.of(doubled, "has 78 substitutions that build on each other, too many"),
        Arguments.of(
            doubled.replace("}${", "}, ${").replaceAll("= (\\$.*)", "= [$1]"),
            "has 78 substitutions that build on each other, too many"),
        Arguments.of(
            "a = xxxxxxxx\n" + "a = ${a}${a}\n".repeat(30),
            "has 60 substitutions that build on each other, too many"),
        Arguments.of(
            "a = \"" + "x".repeat(900) + "\"\nb = [" + "${a},".repeat(40_000) + "]",
            "has 40000 substitutions, too many for its length"),
        Arguments.of(
            "a=1\nb=" + "${a}".repeat(51), "joins substitutions more than 50 times in one"),
        Arguments.of(lines("a.k%d = 1"), "sets a key more than 200 times"),
        Arguments.of(lines("a { k%d = 1 }"), "sets a key more than 200 times"),
        Arguments.of(lines("a # k\n{ k%d = 1 }"), "sets a key more than 200 times"),
        Arguments.of(lines("x { \"a\".\"k%d\" : 1 }"), "sets a key more than 200 times"),
        Arguments.of(
            lines("a.k%d = 1").replaceAll("a.(k.?) ", "\"\\\\u0061\".$1 "),
            "sets a key more than 200 times"),
        Arguments.of(
            lines("a.k%d = 1").replaceAll("a(.k\\d*[02468]) ", "\u00a0\ufeffa\u2003$1 "),
            "sets a key more than 200 times"),
        Arguments.of("x {" + lines("a = ${?b%d}") + "}", "sets a key more than 200 times"),
        Arguments.of("a = " + "[1]\u00a0".repeat(60), "joins lists or sections more than 50 times"),
        Arguments.of(
            "a = " + "[1]\ufeff\t".repeat(60), "joins lists or sections more than 50 times"),
        Arguments.of(
            "a = \"\"\"x\"y\"\"\", b = " + "null".repeat(300),
            "has a value longer than 1000 characters"),
        Arguments.of("a = \"\"\"\\\"\"\", b = " + "[".repeat(60), "is nested more than 50 deep"),
        Arguments.of("a = \"" + "x".repeat(20_000) + "\"", "has a value longer than 1000 char"),
        Arguments.of(
            "a = \"\"\"" + "x\n".repeat(6_000) + "\"\"\"", "has a value longer than 1000 char"),
        Arguments.of("a = \"x\\ud800\"", "a holds the character U+D800, which cannot be seen"),
        Arguments.of("include \"\\u001b[2J\"", "include \"?[2J\": an experiment is one file"),
        Arguments.of("include required(file(\"/etc/passwd\"))", "include \"/etc/passwd\""),
        Arguments.of("a { include required(classpath(\"x\")) }", "include \"x\""),
        Arguments.of("a = [{ include\n\"/etc/passwd\" }]", "include \"/etc/passwd\""),
        Arguments.of("a += 1\n".repeat(51), "joins lists or sections more than 50 times"),
        Arguments.of("a = " + "[1]".repeat(60), "joins lists or sections more than 50 times"),
        Arguments.of("a = " + "null".repeat(1000), "has a value longer than 1000 characters"),
        Arguments.of("a = \"" + "x".repeat(1001) + "\"", "a is longer than 1000 characters"),
        Arguments.of("a = 1\n".repeat(200_000), "is longer than a configuration can be"),
        Arguments.of("a.b = 1e400", "a.b holds a number beyond the range of floating point"),
        Arguments.of("a = -1e400", "a holds a number beyond the range of floating point"),
        Arguments.of("a = \"\\u001b[31m\"", "a holds the character U+001B, which cannot be seen"),
        Arguments.of(
            "\"\\u0007\" = 1", "the name of a key holds the character U+0007, which cannot be"),
        Arguments.of("a = [\"\\u202e\"]", "a value holds the character U+202E, which cannot"));
  }

  private static String lines(String pattern) {
    return IntStream.rangeClosed(0, 200)
        .mapToObj(i -> String.format(Locale.ROOT, pattern, i))
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void bombsAreRefused(String text, String message) throws IOException {
    assertRefused(text, message);
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        Arguments.of("a = \"\"\"" + "{\n".repeat(60) + "\"\"\"", "{\n".repeat(60)),
        Arguments.of("a = \"\"\"x\"\"\"\"\"", "x\"\""),
        Arguments.of("a = \"\"\"\\\"\"\"", "\\"),
        Arguments.of("# " + "{".repeat(99) + "\n// " + "[\"".repeat(99) + "\na = x", "x"),
        Arguments.of("a = \"" + "{[".repeat(99) + "\"", "{[".repeat(99)),
        Arguments.of("a = \"include file(x)\"\ninclude-x = 1\n\"include\" = 2", "include file(x)"),
        Arguments.of("\ufeffa = x", "x"),
        Arguments.of("a = x # a {\r\n, b = y", "x"),
        Arguments.of("b = 1, a = \"${b} }\" # ${c}", "${b} }"),
        Arguments.of("a = x\n" + lines("b%d.c = ${a}"), "x"),
        Arguments.of("a = x\nb = [" + lines("{ c.d = 1, c.e { f = 2 } }") + "]", "x"),
        Arguments.of("a = x\nb = [" + lines("{\nc = 1\n}") + "]", "x"));
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

  /** It would be in the run's configuration, which could then not be read again. */
  @Test
  void overridesAreHeldToTheSame() {
    assertThatThrownBy(
            () -> loader.load("digits-vampprior", List.of("experiment.name=a\u001bb", "x=1e999")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("experiment.name holds the character U+001B")
        .hasMessageContaining(
            "the command line: x holds a number beyond the range of floating point");
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
