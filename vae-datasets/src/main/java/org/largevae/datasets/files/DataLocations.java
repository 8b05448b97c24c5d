package org.largevae.datasets.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Where {@link StandardDataFiles} looks.
 *
 * @param resources finds files embedded in jars, as {@code org/largevae/datasets/FOLDER/NAME}
 * @param folders searched in this order, those that do not exist are passed over
 * @param cache where downloads are kept, made when first needed
 * @param base what relative paths in a configuration count from
 * @param offline true if nothing may be downloaded
 */
public record DataLocations(
    ClassLoader resources, List<Path> folders, Path cache, Path base, boolean offline) {

  /** Makes the paths absolute. */
  public DataLocations {
    Objects.requireNonNull(resources, "resources is null");
    folders = folders.stream().map(DataLocations::absolute).toList();
    cache = absolute(cache);
    base = absolute(base);
  }

  /**
   * The user's cache folder by the XDG Base Directory Specification: {@code
   * $XDG_CACHE_HOME/large-vae}, or {@code ~/.cache/large-vae} where that variable is unset or
   * relative.
   *
   * @param environment gives a variable's value or null, usually {@code System::getenv}
   * @param home the user's home folder
   * @return the folder, which need not exist
   */
  public static Path userCache(UnaryOperator<String> environment, Path home) {
    String configured = environment.apply("XDG_CACHE_HOME");
    boolean usable = configured != null && Path.of(configured).isAbsolute();
    return (usable ? Path.of(configured) : home.resolve(".cache")).resolve("large-vae");
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
