package org.largevae.runner.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The folders to look for plugins in. They have to be known before any command is made, since
 * commands are made with the installed components; so this option is read ahead of all others.
 */
final class PluginOption {
  static final String NAME = "--plugins";

  private static final String VARIABLE = "VAE_PLUGINS";

  private PluginOption() {}

  /**
   * The folders that the user named, and {@code ~/.vae/plugins} where it exists.
   *
   * @param arguments the command line
   * @param environment gives a variable's value or null
   * @param home the user's home folder
   * @return the folders, those of the command line first
   */
  static List<Path> folders(String[] arguments, UnaryOperator<String> environment, Path home) {
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith(NAME + "=")) {
        folders.add(Path.of(arguments[i].substring(NAME.length() + 1)));
      } else if (arguments[i].equals(NAME) && i + 1 < arguments.length) {
        // without a value, picocli says so when it reads the option again
        i++;
        folders.add(Path.of(arguments[i]));
      }
    }
    Optional.ofNullable(environment.apply(VARIABLE)).stream()
        .flatMap(value -> Arrays.stream(value.split(File.pathSeparator)))
        .filter(folder -> !folder.isBlank())
        .map(Path::of)
        .forEach(folders::add);
    Path own = home.resolve(".vae").resolve("plugins");
    if (Files.isDirectory(own)) {
      folders.add(own);
    }
    return folders.stream().map(Path::toAbsolutePath).map(Path::normalize).distinct().toList();
  }
}
