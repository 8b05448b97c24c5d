package org.largevae.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.largevae.runner.cli.Main;

class CommandsPageTest {
  private static final String INTRODUCTION =
      """
      # Commands

      What `bin/vae --help` and `bin/vae COMMAND --help` print. Options that all commands have, \
      `--plugins`, `--stacktrace` and `--help`, stand in the first block only.

      Where a command takes `RUN`, it is the folder of a run, see \
      [run-folder.md](run-folder.md). `KEY=VALUE` sets a key of the configuration, see \
      [configuration.md](configuration.md). Data are looked for as \
      [own-data.md](own-data.md) and `bin/vae datasets` say.

      This page is generated. After a change of a command's help write it anew with

      ```sh
      mvn -pl vae-examples -am test -Dtest=CommandsPageTest -Dvae.docs.write=true \\
        -Dsurefire.failIfNoSpecifiedTests=false
      ```
      """;

  /** From the first option that all commands have to the empty line behind the options. */
  private static final Pattern COMMON =
      Pattern.compile(" +-h, --help .*?(?=\n\n|\\Z)", Pattern.DOTALL);

  @Test
  void pageHasTheHelpOfEveryCommand() throws IOException {
    String whole = help();
    StringBuilder page = new StringBuilder(INTRODUCTION);
    block(page, "vae", whole);
    for (String command : commands(whole)) {
      block(page, "vae " + command, COMMON.matcher(help(command)).replaceFirst(""));
    }
    new GeneratedPage("commands.md", getClass()).requireFresh(page.toString());
  }

  private static List<String> commands(String help) {
    String list = help.substring(help.indexOf("Commands:"), help.indexOf("Examples:"));
    List<String> names =
        Pattern.compile("^  ([a-z]+) ", Pattern.MULTILINE)
            .matcher(list)
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(names).contains("train", "bench");
    return names;
  }

  private static void block(StringBuilder page, String title, String help) {
    String tidy = help.replaceAll(" +\n", "\n").replaceAll("\n{3,}", "\n\n").strip();
    page.append("\n## ").append(title).append("\n\n```\n").append(tidy).append("\n```\n");
  }

  private static String help(String... command) {
    String[] arguments = Arrays.copyOf(command, command.length + 1);
    arguments[command.length] = "--help";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(new Main().run(stream, stream, arguments)).isZero();
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
