package org.largevae.runner.sweep;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command that starts {@code vae} in another process.
 *
 * @param words the program and its first arguments, to which those of {@code vae} are added
 */
public record JavaCommand(List<String> words) {
  /**
   * A system property: training stops, with a checkpoint, when standard input ends. A member's
   * input is a pipe from its sweep, so that it stops also when the sweep is killed.
   */
  public static final String STOP_AT_END_OF_INPUT = "vae.stop-at-end-of-input";

  /** Not for members: agents use a port or file that only one process can have. */
  private static final List<String> OWN =
      List.of("-agentlib:", "-agentpath:", "-javaagent:", "-Dvae.terminal=", "-Xlog:");

  /** Copies the words. */
  public JavaCommand {
    words = List.copyOf(words);
  }

  /**
   * The same Java, options and class path as of this process.
   *
   * @param mainClass the class whose {@code main} is {@code vae}
   * @return the command
   */
  public static JavaCommand ofThisProcess(Class<?> mainClass) {
    List<String> words = new ArrayList<>();
    String java =
        ProcessHandle.current()
            .info()
            .command()
            .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add(java);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> OWN.stream().noneMatch(option::startsWith))
        .forEach(words::add);
    words.add("-Dvae.terminal=false");
    words.add("-D" + STOP_AT_END_OF_INPUT + "=true");
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
    return new JavaCommand(words);
  }

  /**
   * The whole command.
   *
   * @param arguments of {@code vae}
   * @return all words
   */
  List<String> with(List<String> arguments) {
    return Stream.concat(words.stream(), arguments.stream()).toList();
  }
}
