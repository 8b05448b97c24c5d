package org.largevae.runner.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.largevae.api.component.Provider;
import org.largevae.api.config.SettingKey;
import org.largevae.api.config.SettingsSchema;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;

/**
 * The page {@code docs/configuration.md}: every key of an experiment with its values, default and
 * meaning, as the settings records of the sections and of the installed components have them.
 */
public final class ConfigurationPage {
  private static final String INTRODUCTION =
      """
      # Configuration

      Every key of an experiment's file. [The README](../README.md#configure) has a whole file; \
      `bin/vae presets NAME` prints those that come with the program, and `config.conf` in a run's \
      folder shows all keys of that run.

      - Keys left out have the defaults below. A key that does not exist is an error.
      - Behind the file's name, `KEY=VALUE` overrides a key: `bin/vae train my.conf \
      model.prior.pseudo-inputs=100`.
      - A component's keys stand beside its name, in the section of its kind. They apply only while \
      that component is chosen. Where a component needs no keys, its name may stand for the \
      section: `training.objective = iwae`.
      - A plugin's components have keys of their own, which this page does not know: \
      `bin/vae plugins` lists the components.

      This page is generated from the sources. After a change of settings write it anew with

      ```sh
      mvn -pl vae-examples -am test -Dtest=ConfigurationPageTest -Dvae.docs.write=true \\
        -Dsurefire.failIfNoSpecifiedTests=false
      ```
      """;

  /** In the order of an experiment's file; sections that are not here belong to components. */
  private static final List<String> SECTIONS =
      List.of(
          "experiment",
          "dataset",
          "model",
          "model.encoder",
          "model.posterior",
          "model.decoder",
          "model.prior",
          "model.conditional-prior",
          "model.likelihood",
          "training",
          "training.optimizer",
          "training.objective",
          "evaluation");

  private final Registry registry;
  private final Config chosen = ComponentDefaults.base();
  private final StringBuilder text = new StringBuilder(INTRODUCTION);

  private ConfigurationPage(Registry registry) {
    this.registry = registry;
  }

  /**
   * Writes the page.
   *
   * @param registry the components to describe
   * @return Markdown
   */
  public static String of(Registry registry) {
    ConfigurationPage page = new ConfigurationPage(registry);
    SECTIONS.forEach(page::section);
    return page.text.toString();
  }

  private void section(String path) {
    text.append("\n## ").append(path).append("\n\n");
    List<? extends ComponentKind<?>> kinds =
        ComponentKind.configured().stream().filter(kind -> kind.section().equals(path)).toList();
    header();
    kinds.forEach(this::nameRow);
    rows("", common(path));
    kinds.forEach(this::components);
  }

  /** The keys that the section has whatever components are chosen. */
  private static List<SettingKey> common(String path) {
    Class<? extends Record> whole = ComponentDefaults.SECTIONS.get(path);
    if (whole != null) {
      return SettingsSchema.of(whole).keys();
    }
    int dot = path.lastIndexOf('.');
    return dot < 0
        ? List.of()
        : common(path.substring(0, dot)).stream()
            .filter(key -> key.key().equals(path.substring(dot + 1)))
            .flatMap(key -> key.section().orElseThrow().keys().stream())
            .toList();
  }

  private void components(ComponentKind<?> kind) {
    for (Provider<?> provider : registry.all(kind)) {
      text.append("\n### ").append(kind.label()).append(' ').append(provider.name());
      text.append("\n\n").append(sentence(provider.description())).append('\n');
      List<SettingKey> keys = provider.settings().keys();
      if (keys.isEmpty()) {
        text.append("It has no keys of its own.\n");
      } else {
        text.append('\n');
        header();
        rows("", keys);
      }
    }
  }

  private static String sentence(String description) {
    return description.substring(0, 1).toUpperCase(Locale.ROOT) + description.substring(1) + ".";
  }

  private void header() {
    text.append("| key | values | default | meaning |\n| --- | --- | --- | --- |\n");
  }

  private void nameRow(ComponentKind<?> kind) {
    String names =
        registry.all(kind).stream().map(Provider::name).collect(Collectors.joining(", "));
    String standard =
        chosen
            .getValue(kind.section() + "." + kind.nameKey())
            .render(ConfigRenderOptions.concise())
            .replace("\"", "");
    row(kind.nameKey(), "one of " + names, code(standard), "the " + kind.label());
  }

  private void rows(String prefix, List<SettingKey> keys) {
    for (SettingKey key : keys) {
      String name = prefix + key.key();
      if (!key.isSection()) {
        row(name, values(key), standard(key), key.meaning());
      } else if (SECTIONS.stream().anyMatch(section -> section.endsWith("." + name))) {
        row(name, "a section", "", key.meaning() + ", see below");
      } else {
        rows(name + ".", key.section().orElseThrow().keys());
      }
    }
  }

  private static String values(SettingKey key) {
    return key.bounds().isEmpty() ? key.values() : key.values() + ", " + key.bounds();
  }

  private static String standard(SettingKey key) {
    return key.defaultText()
        .map(ConfigurationPage::code)
        .orElse(key.isOptional() ? "not set" : "must be given");
  }

  private static String code(String value) {
    return value.isEmpty() ? "empty" : "`" + value + "`";
  }

  private void row(String... cells) {
    text.append("| `").append(cells[0]).append('`');
    for (int i = 1; i < cells.length; i++) {
      text.append(" | ").append(cells[i].replace("|", "\\|"));
    }
    text.append(" |\n");
  }
}
