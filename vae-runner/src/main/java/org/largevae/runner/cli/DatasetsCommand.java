package org.largevae.runner.cli;

import jakarta.inject.Inject;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.largevae.api.config.SettingKey;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.core.folder.JsonFile;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;
import org.largevae.datasets.files.DataLocations;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code vae datasets}. */
@CommandLine.Command(
    name = "datasets",
    header = "List the datasets: what is here, and how to get the rest.",
    customSynopsis = "vae datasets [OPTIONS]",
    description = {
      "",
      "Files are looked for within the program, in the folders of VAE_DATA_DIR, in"
          + " vae-examples/data, in /usr/share/datasets and in the user's cache; a file found in none of"
          + " them is downloaded into the cache when first used. VAE_OFFLINE=1 forbids downloads.",
      ""
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vae datasets",
      "  vae train dataset.name=mnist",
      "  vae train dataset.name=images dataset.folder=my-pictures dataset.binarization=threshold"
    })
final class DatasetsCommand implements Command {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Registry registry;
  private final DataFiles files;
  private final DataLocations places;
  private final CommandEnvironment environment;

  @Inject
  DatasetsCommand(
      Registry registry, DataFiles files, DataLocations places, CommandEnvironment environment) {
    this.registry = registry;
    this.files = files;
    this.places = places;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    List<DatasetProvider<?>> datasets = registry.all(ComponentKind.DATASET);
    if (json) {
      environment.out().print(JsonFile.render(datasets.stream().map(this::describe).toList()));
    } else {
      datasets.forEach(dataset -> print(dataset, environment.out()));
    }
    return ExitCode.DONE;
  }

  private void print(DatasetProvider<?> dataset, PrintStream out) {
    out.println(dataset.name() + ": " + TerminalText.line(dataset.description()));
    String keys =
        dataset.settings().keys().stream()
            .map(SettingKey::key)
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .map(key -> "dataset." + key)
            .collect(Collectors.joining(", "));
    if (!keys.isEmpty()) {
      out.println("  keys: " + TerminalText.line(keys));
    }
    for (DataFile file : dataset.files()) {
      Optional<String> place = files.locate(file);
      String where = place.map(found -> ": " + found).orElse(": not here");
      out.println(TerminalText.line("  " + file.name() + where));
      if (place.isEmpty()) {
        file.addresses().forEach(address -> out.println("    from    " + address));
        out.println("    into    " + folder(file));
        file.size().ifPresent(size -> out.printf(Locale.ROOT, "    size    %,d bytes%n", size));
        file.sha256().ifPresent(sum -> out.println("    SHA-256 " + sum + contentNote(file)));
      }
    }
  }

  private Map<String, Object> describe(DatasetProvider<?> dataset) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", dataset.name());
    description.put("description", dataset.description());
    description.put("files", dataset.files().stream().map(this::describe).toList());
    return description;
  }

  private Map<String, Object> describe(DataFile file) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", file.name());
    description.put("place", files.locate(file).orElse(null));
    description.put("addresses", file.addresses().stream().map(Object::toString).toList());
    description.put("folder", folder(file).toString());
    description.put("sha256", file.sha256().orElse(null));
    return description;
  }

  private Path folder(DataFile file) {
    Path place = places.folders().isEmpty() ? places.cache() : places.folders().get(0);
    return place.resolve(file.folder());
  }

  private static String contentNote(DataFile file) {
    return file.isPacked() ? " (of the uncompressed content)" : "";
  }
}
