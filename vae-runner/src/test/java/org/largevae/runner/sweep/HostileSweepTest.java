package org.largevae.runner.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;

/** Sweeps whose words want to be more than that. */
class HostileSweepTest {
  @TempDir private Path folder;
  private SweepFixture fixture;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new SweepFixture(folder);
  }

  @Test
  void namesOfRunsAreFoldersBelowTheSweepsAndTextInItsReports() throws IOException {
    Sweep sweep =
        fixture.plan(
            """
            runs = [
              { name = "../../../etc/passwd", training.epochs = 1 }
              { name = "/absolute", training.epochs = 2 }
              { name = "<script>alert(1)</script>", training.epochs = 3 }
              { name = "=cmd|' /C calc'!A0", training.epochs = 4 }
              { name = "a\\n| b | c |", training.epochs = 5 }
            ]
            """);
    assertThat(sweep.cells())
        .extracting(GridCell::name)
        .containsExactly(
            "etc-passwd", "absolute", "script-alert-1-script", "=cmd-C-calc-A0", "a-b-c");
    Path output = folder.resolve("out");
    SweepSummary.of(
            sweep,
            sweep.members().stream()
                .map(
                    member ->
                        new MemberOutcome(
                            member,
                            output.resolve(member.name()),
                            MemberOutcome.State.FAILED,
                            3,
                            "<script>alert(2)</script> =1+1",
                            Optional.empty()))
                .toList())
        .write(output);

    assertThat(output.resolve(SweepSummary.REPORT)).content().doesNotContain("<script");
    String markdown = Files.readString(output.resolve(SweepSummary.MARKDOWN));
    assertThat(markdown).contains("\\<script>alert(1)", "a \\| b \\| c \\|");
    assertThat(markdown.replace("\\<script>", "")).doesNotContain("<script>");
    List<String> csv = Files.readAllLines(output.resolve(SweepSummary.CSV));
    assertThat(csv).anyMatch(line -> line.startsWith("'=cmd-C-calc-A0,'=cmd|' /C calc'!A0,"));
    assertThat(csv).noneMatch(line -> line.matches("(.*,)?\"?[=@].*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "plain;plain",
        "-5;-5",
        "+5e-4;+5e-4",
        "-Infinity;-Infinity",
        "-;-",
        "=1+1;'=1+1",
        "+cmd;'+cmd",
        "-2+3+cmd;'-2+3+cmd",
        "@SUM(A1);'@SUM(A1)",
        "=\"a\",b;\"'=\"\"a\"\",b\"",
        "a\"b;\"a\"\"b\"",
      })
  void noFieldIsAFormula(String field, String csv) {
    assertThat(SweepCsv.quoted(field)).isEqualTo(csv);
  }

  @Test
  void linesWithinAFieldStayInIt() {
    assertThat(SweepCsv.quoted("\t=1")).isEqualTo("'\t=1");
    assertThat(SweepCsv.quoted("\r=1")).isEqualTo("\"'\r=1\"");
    assertThat(SweepCsv.quoted("a\n=1")).isEqualTo("\"a\n=1\"");
  }

  @ParameterizedTest
  @CsvSource({
    "plain-run, plain-run/report.html",
    "javascript:alert(1), ./javascript:alert(1)/report.html",
    "a b#c?d%e, a%20b%23c%3Fd%25e/report.html",
  })
  void linksLeadToFiles(String name, String link) throws IOException {
    Member member = fixture.plan("axes { experiment.seed = [1] }").members().get(0);
    MemberOutcome outcome =
        new MemberOutcome(
            member, folder.resolve(name), MemberOutcome.State.DONE, 0, "", Optional.empty());
    assertThat(SweepSummary.link(outcome, folder)).isEqualTo(link);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/x", "..", "a/b", "", "<b>", ".x"})
  void aSweepsNameAndPrefixAreFolders(String name) {
    for (String key : List.of("name", "prefix")) {
      assertThatThrownBy(() -> fixture.read("sweep." + key + " = \"" + name + "\""))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("sweep." + key)
          .hasMessageContaining("must be of letters, digits, dots and hyphens");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"other.conf\"",
        "include file(\"/etc/passwd\")",
        "include url(\"http://localhost:1/a.conf\")",
        "include classpath(\"reference.conf\")",
        "overrides { include \"other\" }",
        "runs = [ { include \"other\" } ]"
      })
  void includesAreRefused(String text) throws IOException {
    Files.writeString(folder.resolve("other.conf"), "training.epochs = 3");
    assertThatThrownBy(() -> fixture.read(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("sweep.conf: include \"");
  }

  @Test
  void includesInTheBaseAreRefused() throws IOException {
    Files.writeString(folder.resolve("base.conf"), "include file(\"/etc/passwd\")");
    Path file = Files.writeString(folder.resolve("other.conf"), "base = base.conf");
    assertThatThrownBy(() -> new SweepReader(fixture.loader()).read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("base.conf: include \"/etc/passwd\"");
  }

  @Test
  void moreCombinationsThanANumberHoldsAreRefused() {
    StringBuilder axes = new StringBuilder();
    String values = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
    for (int i = 0; i < 25; i++) {
      axes.append("axes.model.prior.key-").append(i).append(" = ").append(values).append('\n');
    }
    assertThatThrownBy(() -> fixture.plan(axes.toString()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("has 10,000,000,000,000,000,")
        .hasMessageContaining("combinations, more than 10,000; leave out some values");
  }
}
