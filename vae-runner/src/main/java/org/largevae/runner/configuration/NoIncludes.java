package org.largevae.runner.configuration;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.net.URL;
import java.util.Locale;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.files.FailureText;

/**
 * Refuses every {@code include}: an experiment is one file, so that it can be repeated from that
 * file and reading it opens no other file or address.
 */
final class NoIncludes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private final String source;

  /**
   * An includer.
   *
   * @param source where the text is from, for the message
   */
  NoIncludes(String source) {
    this.source = source;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    throw refusal(what);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    throw refusal(what.getPath());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw refusal(what.toString());
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    throw refusal(what);
  }

  private ConfigurationException refusal(String what) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "%s: include \"%s\": an experiment is one file; copy what it needs into it",
            source,
            FailureText.shown(what, "")));
  }
}
