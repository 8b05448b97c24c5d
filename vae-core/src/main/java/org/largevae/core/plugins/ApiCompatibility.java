package org.largevae.core.plugins;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a plugin built against one version of vae-api runs with another. Versions are semantic:
 * before 1.0 a minor version may break plugins, from then on a major one, and a plugin may need
 * what an older program lacks.
 */
final class ApiCompatibility {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(?:[.-].*)?");

  private ApiCompatibility() {}

  /**
   * Compares two versions.
   *
   * @param built the version that the plugin was built against
   * @param present the program's version
   * @return what is wrong; empty if the plugin can run
   */
  static Optional<String> fault(String built, String present) {
    Matcher of = VERSION.matcher(built.strip());
    Matcher with = VERSION.matcher(present.strip());
    if (!of.matches()) {
      return Optional.of(
          "it says that it was built against vae-api \"" + built + "\", which is no version");
    }
    if (!with.matches()) {
      return Optional.empty();
    }
    int builtMajor = Integer.parseInt(of.group(1));
    int builtMinor = Integer.parseInt(of.group(2));
    int major = Integer.parseInt(with.group(1));
    int minor = Integer.parseInt(with.group(2));
    boolean fits =
        major == 0
            ? builtMajor == 0 && builtMinor == minor
            : builtMajor == major && builtMinor <= minor;
    return fits
        ? Optional.empty()
        : Optional.of(
            "it was built against vae-api "
                + built
                + ", which this program's "
                + present
                + " is not compatible with; get a version of the plugin for "
                + major
                + "."
                + minor);
  }
}
