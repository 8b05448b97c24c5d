package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.config.ConfigurationException;

/** An application that forgot to choose a native library, in a JVM of its own. */
class MissingNativesTest {
  @TempDir Path temporary;

  @Test
  void errorSaysWhichDependencyToAdd() throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("pytorch-native"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(output(List.of(), classPath))
        .contains("message: PyTorch's native library is not on the class path")
        .contains("Add the dependency ai.djl.pytorch:pytorch-native-cpu:2.7.1 with the classifier ")
        .contains("pytorch-native-cu128");
  }

  /** Files may only become so large, which is to the program as a full disk. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void errorSaysWhereThereIsNoRoomToUnpackIt() throws IOException, InterruptedException {
    String classPath = System.getProperty("java.class.path");
    assumeThat(classPath).contains("pytorch-native-cpu");
    List<String> limit = List.of("sh", "-c", "ulimit -f 2000; exec \"$0\" \"$@\"");
    assertThat(output(limit, classPath))
        .contains("message: PyTorch's native library cannot be unpacked into " + temporary)
        .contains("free some space, or set DJL_CACHE_DIR to another folder");
  }

  private String output(List<String> wrapper, String classPath)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dai.djl.offline=true", "-DENGINE_CACHE_DIR=" + temporary));
    command.addAll(List.of("-cp", classPath, Application.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("ENGINE_CACHE_DIR", temporary.toString());
    builder.environment().put("DJL_OFFLINE", "true");
    builder.environment().remove("PYTORCH_LIBRARY_PATH");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  /** Opens a folder and prints why that failed. */
  static final class Application {
    private Application() {}

    public static void main(String[] arguments) {
      try {
        TrainedVae.open(Path.of("anywhere")).close();
      } catch (ConfigurationException expected) {
        System.out.println("message: " + expected.getMessage());
      }
    }
  }
}
