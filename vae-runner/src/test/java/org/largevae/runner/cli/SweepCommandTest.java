package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.core.testing.ImageFolder;

/** {@code vae sweep} and {@code vae reproduce} as a user calls them, with true members. */
@Timeout(300)
class SweepCommandTest {
  @TempDir private Path folder;
  private Path file;
  private String out;
  private String err;

  @BeforeEach
  void setUp() throws IOException {
    Path images = ImageFolder.create(folder.resolve("images"), 30);
    file = folder.resolve("mine.conf");
    Files.writeString(
        file,
        "base {\n"
            + ImageFolder.experiment(images, 6)
            + "training.epochs = 2\n}\naxes { model.latent-size = [2, 3] }\n");
  }

  @Test
  void aDryRunListsTheMembersAndRunsNone() {
    assertThat(run("sweep", file.toString(), "--dry-run")).isEqualTo(ExitCode.DONE);

    assertThat(out.lines())
        .containsExactly("mine: members: 2, different: 2", "latent-size-2", "latent-size-3");
    assertThat(folder.resolve("runs")).doesNotExist();

    assertThat(run("sweep", file.toString(), "--dry-run", "--only", "model.latent-size=3"))
        .isEqualTo(ExitCode.DONE);
    assertThat(out.lines()).containsExactly("mine: members: 1, different: 1", "latent-size-3");
  }

  @Test
  void onlyTheChosenMembersAreRunAndTheTablesHoldAll() {
    assertThat(run("sweep", file.toString(), "--only", "latent-size=3")).isEqualTo(ExitCode.DONE);

    Path output = folder.resolve("runs/mine");
    assertThat(err).contains("1 member;", "latent-size-3: done").doesNotContain("latent-size-2:");
    assertThat(out)
        .contains("| 2           | 0 of 1 |")
        .contains("| latent-size-2 | not finished | -         | not begun |");
    assertThat(output.resolve("latent-size-2")).doesNotExist();

    assertThat(run("sweep", file.toString())).isEqualTo(ExitCode.DONE);
    assertThat(err)
        .contains("2 members, 1 finished before;", "latent-size-2: done")
        .doesNotContain("latent-size-3:");
  }

  @Test
  void whatCannotBeChosenIsRefusedBeforeTheFirstRun() {
    assertThat(run("sweep", file.toString(), "--only", "latent-size=4")).isEqualTo(ExitCode.USAGE);
    assertThat(err)
        .isEqualTo(
            "vae: --only latent-size=4: is not a value of the axis model.latent-size."
                + " Known: 2, 3.\n");

    assertThat(run("sweep", file.toString(), "--only", "latent-size=2", "--summary"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err).contains("leave out --only");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aFolderThatAnotherMemberCouldNotUseIsRefusedBeforeTheFirstRun() throws IOException {
    Path other = Files.createDirectories(folder.resolve("runs/mine/latent-size-2"));
    Files.writeString(other.resolve("notes.txt"), "mine");

    assertThat(run("sweep", file.toString(), "--only", "latent-size=3")).isEqualTo(ExitCode.USAGE);
    assertThat(err).contains(other + ": is not empty and holds no run");
    assertThat(folder.resolve("runs/mine/latent-size-3")).doesNotExist();
  }

  @Test
  void aSweepEndsWithItsTableAndTheSummaryCanBeAskedForAgain() {
    assertThat(run("sweep", file.toString(), "training.epochs=1")).isEqualTo(ExitCode.DONE);

    Path output = folder.resolve("runs/mine");
    assertThat(out)
        .contains("| latent-size | runs | -log p(x), nats |")
        .contains("report: " + output.resolve("report.html"));
    assertThat(err)
        .contains("2 members;", "latent-size-2: begins", "latent-size-3: done, -log p(x)", "[2/2]");
    assertThat(output.resolve("sweep.csv")).exists();
    assertThat(output.resolve("sweep.md"))
        .content()
        .isEqualTo(out.substring(0, out.lastIndexOf("\nreport: ")));
    assertThat(output.resolve("latent-size-2/report.html")).exists();

    assertThat(run("sweep", file.toString(), "--summary", "-q", "training.epochs=1"))
        .isEqualTo(ExitCode.DONE);
    assertThat(err).isEmpty();
    assertThat(out).contains("| 2           |    1 |");
  }

  @Test
  void aMemberThatCannotBeWrittenHasItsReasonInTheTableAndItsCodeInTheEnd() throws IOException {
    // a file where the member's figures would go, as good as a full disk
    Path member = folder.resolve("runs/mine/latent-size-2");
    assertThat(run("sweep", file.toString(), "-q")).isEqualTo(ExitCode.DONE);
    Files.delete(member.resolve("results.json"));
    Files.walk(member.resolve("figures"))
        .sorted(Comparator.reverseOrder())
        .forEach(path -> path.toFile().delete());
    Files.writeString(member.resolve("figures"), "");

    assertThat(run("sweep", file.toString(), "-q")).isEqualTo(ExitCode.OUTPUT);
    assertThat(out)
        .contains("1 of 2 members have no results")
        .containsPattern("\\| latent-size-2 \\| failed \\| 5 +\\| .*cannot be written");
  }

  @Test
  void aBadAxisEndsWithUsageAndItsPlace() throws IOException {
    Files.writeString(file, Files.readString(file).replace("model.latent-size", "model.size"));

    assertThat(run("sweep", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err)
        .startsWith("vae: model.size = 2: unknown key.")
        .contains("(from " + file + ": 9)");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertThat(run("sweep", "nowhere.conf")).isEqualTo(ExitCode.USAGE);
    assertThat(err).startsWith("vae: nowhere.conf: no such file.");

    assertThat(run("sweep", folder.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err).contains("is a folder; give a sweep's file");

    assertThat(run("sweep")).isEqualTo(ExitCode.USAGE);
    assertThat(err).contains("FILE");
  }

  @Test
  void whatWasNeverRunIsNotSummedUp() {
    assertThat(run("sweep", file.toString(), "--summary")).isEqualTo(ExitCode.USAGE);

    assertThat(err)
        .isEqualTo(
            "vae: "
                + folder.resolve("runs/mine")
                + ": no such folder, so there is nothing to summarise; run the sweep first\n");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void jobsMustBeAtLeastOne() {
    assertThat(run("sweep", file.toString(), "--jobs", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(err).contains("--jobs 0: must be at least 1");
  }

  @Test
  void missingDataEndWithTheirCode() {
    assertThat(run("sweep", file.toString(), "dataset.folder=nowhere")).isEqualTo(ExitCode.DATA);
    assertThat(err).contains("nowhere");
  }

  @Test
  void aTableThatDoesNotExistIsRefused() {
    assertThat(run("reproduce", "table-9")).isEqualTo(ExitCode.USAGE);
    assertThat(err).contains("\"table-9\": no such sweep.");

    assertThat(run("reproduce")).isEqualTo(ExitCode.USAGE);
    assertThat(err).contains("name a table, or all");
  }

  private int run(String... arguments) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    CommandEnvironment environment =
        new CommandEnvironment(
            new PrintStream(outBytes, true, StandardCharsets.UTF_8),
            new PrintStream(errBytes, true, StandardCharsets.UTF_8),
            false,
            80,
            folder.resolve("runs"));
    int code = new Main().run(environment, arguments);
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    return code;
  }
}
