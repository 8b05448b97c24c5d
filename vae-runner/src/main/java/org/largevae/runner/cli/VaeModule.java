package org.largevae.runner.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.largevae.api.dataset.DataFiles;
import org.largevae.core.plugins.Plugins;
import org.largevae.core.registry.Registry;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.datasets.files.DataLocations;
import org.largevae.datasets.files.DownloadSettings;
import org.largevae.datasets.files.HttpDownloader;
import org.largevae.datasets.files.StandardDataFiles;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.configuration.Presets;
import org.largevae.runner.run.ExperimentRunner;
import org.largevae.runner.run.InProcessRunner;
import org.largevae.runner.sweep.JavaCommand;

/** Wires the command. {@link CommandEnvironment} and {@link Plugins} are bound separately. */
public final class VaeModule extends AbstractModule {
  private static final String EXAMPLE_DATA = "vae-examples/data";

  /** Where Debian's packages of datasets put them, as dataset-fashion-mnist does. */
  private static final String SYSTEM_DATA = "/usr/share/datasets";

  @Override
  protected void configure() {
    bind(Registry.class).to(ServiceRegistry.class);
    bind(ExperimentLoader.class).in(Singleton.class);
    bind(ExperimentRunner.class).to(InProcessRunner.class);
  }

  @Provides
  @Singleton
  ServiceRegistry registry(Plugins plugins) {
    return new ServiceRegistry(
        VaeModule.class.getClassLoader(), plugins.loaders(), plugins.refused());
  }

  @Provides
  @Singleton
  JavaCommand command() {
    return JavaCommand.ofThisProcess(Main.class);
  }

  @Provides
  @Singleton
  Presets presets() {
    return new Presets(VaeModule.class.getClassLoader());
  }

  /** VAE_DATA_DIR, the checkout of the program, the current one, the system, the user's cache. */
  @Provides
  DataLocations places() {
    List<Path> folders = new ArrayList<>();
    Optional.ofNullable(System.getenv("VAE_DATA_DIR")).stream()
        .flatMap(Pattern.compile(Pattern.quote(File.pathSeparator))::splitAsStream)
        .filter(folder -> !folder.isBlank())
        .map(Path::of)
        .forEach(folders::add);
    Optional.ofNullable(System.getProperty("vae.home"))
        .map(home -> Path.of(home, EXAMPLE_DATA))
        .ifPresent(folders::add);
    folders.add(Path.of(EXAMPLE_DATA));
    folders.add(Path.of(SYSTEM_DATA));
    Path cache = DataLocations.userCache(System::getenv, Path.of(System.getProperty("user.home")));
    String offline = System.getenv("VAE_OFFLINE");
    return new DataLocations(
        VaeModule.class.getClassLoader(),
        folders.stream().map(Path::toAbsolutePath).distinct().toList(),
        cache,
        Path.of(""),
        offline != null && !offline.isEmpty() && !offline.equals("0"));
  }

  @Provides
  @Singleton
  DataFiles files(DataLocations places, CommandEnvironment environment) {
    HttpDownloader downloader =
        new HttpDownloader(DownloadSettings.standard(), new DownloadLines(environment.err()));
    return new StandardDataFiles(places, downloader);
  }
}
