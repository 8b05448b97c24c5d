package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.core.folder.RunRecords;
import org.largevae.core.testing.ImageFolder;

/**
 * Training that cannot write: a process of its own whose files may only become so large. To the
 * program that is a full disk.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class WriteFailureTest {
  /** In blocks of 512 bytes: the weights (some 80 KiB) fit, the optimiser's moments do not. */
  private static final int LIMIT = 220;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void setUp() throws IOException {
    Path images = ImageFolder.create(folder.resolve("images"), 30);
    file = folder.resolve("mine.conf");
    Files.writeString(file, "experiment { threads = 1 }\n" + ImageFolder.experiment(images, 300));
  }

  @Test
  void aCheckpointThatDoesNotFitEndsWithItsCodeAndTheOneBeforeItIsKept() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(train(undisturbed, "training.epochs=3")).isEqualTo(ExitCode.DONE);
    Path run = folder.resolve("run");
    assertThat(train(run, "training.epochs=1")).isEqualTo(ExitCode.DONE);
    List<Path> before = checkpoints(run);

    Process limited = limited(run, "training.epochs=3");
    String err = new String(limited.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(limited.waitFor()).as(err).isEqualTo(ExitCode.OUTPUT);
    assertThat(err.lines().filter(line -> line.startsWith("vae: ")))
        .singleElement()
        .asString()
        .contains(run.resolve("checkpoints") + "/epoch-000004-step-000000000: cannot be written: ")
        .contains("the checkpoint " + before.get(0).getFileName() + " is kept; free some space")
        .contains("--resume");
    assertThat(checkpoints(run)).isEqualTo(before);
    assertThat(new RunRecords(run).results()).isEmpty();

    assertThat(train(run, "training.epochs=3", "--resume")).isEqualTo(ExitCode.DONE);
    assertThat(test(run)).isEqualTo(test(undisturbed));
  }

  private static JsonObject test(Path run) throws IOException {
    String results = Files.readString(run.resolve("results.json"));
    return JsonParser.parseString(results).getAsJsonObject().getAsJsonObject("test");
  }

  private static List<Path> checkpoints(Path run) throws IOException {
    try (Stream<Path> entries = Files.list(run.resolve("checkpoints"))) {
      return entries.toList();
    }
  }

  private int train(Path run, String... arguments) {
    PrintStream unheard =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new Main().run(unheard, unheard, command(run, arguments).toArray(String[]::new));
  }

  private Process limited(Path run, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    // POSIX gives the unit; some shells have another unless they are sh
    command.addAll(List.of("sh", "-c", "ulimit -f " + LIMIT + "; exec \"$0\" \"$@\""));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dvae.terminal=false", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(command(run, arguments));
    command.add("--resume");
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private List<String> command(Path run, String... arguments) {
    List<String> command = new ArrayList<>(List.of("train", file.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--output", run.toString(), "--quiet"));
    return command;
  }
}
