package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.core.testing.FakeComponents;
import org.largevae.runner.configuration.ExperimentLoader;

/** What only a process of its own can show: signals, and what is loaded. */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class ProcessTest {
  @TempDir private Path folder;

  private Process process;

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** SIGINT would be ignored where the build itself runs in the background. */
  @Test
  void aSignalStopsTrainingWithItsMessageAndCode() throws Exception {
    BufferedReader err = start(List.of(), "obedient", "train");

    signal("TERM");

    assertThat(err.lines())
        .containsExactly(
            "",
            "stopping after this step, a checkpoint is kept; Ctrl-C again stops at once",
            "vae: interrupted in epoch 1 of 2; a checkpoint was kept; --resume goes on");
    assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
  }

  @Test
  void aSecondSignalEndsAtOnce() throws Exception {
    BufferedReader err = start(List.of(), "stubborn", "train");

    signal("TERM");
    assertThat(err.readLine()).isEmpty();
    assertThat(err.readLine()).startsWith("stopping after this step");
    assertThat(process.isAlive()).isTrue();
    signal("TERM");

    assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
  }

  @Test
  void aSignalThatWasIgnoredStaysIgnored() throws Exception {
    BufferedReader err =
        start(List.of("sh", "-c", "trap '' HUP; exec \"$0\" \"$@\""), "obedient", "train");

    signal("HUP");
    assertThat(process.waitFor(1, TimeUnit.SECONDS)).isFalse();
    assertThat(err.ready()).isFalse();
    signal("TERM");

    assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
  }

  /** What keeps nothing ends at once. */
  @Test
  void aSignalToACommandThatOnlyReadsEndsItWithASentence() throws Exception {
    ExperimentLoader loader = new ExperimentLoader(FakeComponents.registry());
    Path run = folder.resolve("run");
    SavedExperiment.write(loader.load("digits-vampprior", List.of()), run);
    BufferedReader err = start(List.of(), "stubborn", "evaluate", run.toString());

    signal("TERM");

    assertThat(err.lines()).containsExactly("", "vae: interrupted; call the same command again");
    assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
  }

  @Test
  void listingPluginsLoadsNoEngine() throws Exception {
    Path log = folder.resolve("classes.log");
    List<String> command = java("-Xlog:class+load:file=" + log);
    command.addAll(List.of(Main.class.getName(), "plugins"));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(out).isNotEmpty();
    assertThat(log)
        .content()
        .contains(Main.class.getName())
        .doesNotContain("PtEngine ", "JniUtils");
  }

  /** The shell writes names in UTF-8 that Java cannot read in the locale of C. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aNameThatTheLocaleLacksIsAnErrorWithTheCure() throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "star=$(printf 'pictures/\\303\\251toile'); mkdir -p $star; : >$star/0.png")
            .directory(folder.toFile())
            .start();
    assertThat(shell.waitFor()).isZero();

    assertThat(inTheLocaleOfC("dataset.name=images", "dataset.folder=pictures"))
        .contains("pictures: holds a file whose name cannot be read, shown as ")
        .contains("start it in UTF-8, for example with LC_ALL=C.UTF-8 before the command");
    assertThat(inTheLocaleOfC("dataset.name=csv", "dataset.file=\u00e9toile.csv"))
        .contains("toile.csv\" is not a path on this system: ")
        .contains("start it in UTF-8, for example with LC_ALL=C.UTF-8 before the command");
  }

  private String inTheLocaleOfC(String... settings) throws Exception {
    List<String> command = java("-Dvae.terminal=false");
    command.addAll(List.of(Main.class.getName(), "train", "--output", "run"));
    command.addAll(List.of(settings));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C");
    process = builder.start();
    List<String> err = process.errorReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor()).isEqualTo(ExitCode.DATA);
    assertThat(err).filteredOn(line -> line.startsWith("vae: ")).hasSize(1);
    return err.get(err.size() - 1);
  }

  private BufferedReader start(List<String> wrapper, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(java("-Dvae.terminal=false"));
    command.add(InterruptedCommand.class.getName());
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).directory(folder.toFile()).start();
    BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
    assertThat(err.readLine()).isEqualTo("at work");
    return err;
  }

  private void signal(String name) throws Exception {
    String pid = String.valueOf(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private static List<String> java(String option) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 23) {
      // as bin/vae does: Guice draws a warning from newer Java
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of(option, "-cp", System.getProperty("java.class.path")));
    return command;
  }
}
