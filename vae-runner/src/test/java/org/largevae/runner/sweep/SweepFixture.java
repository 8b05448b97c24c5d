package org.largevae.runner.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.largevae.core.registry.Registry;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.core.testing.ImageFolder;
import org.largevae.runner.cli.Main;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.run.DataLoading;
import org.largevae.runner.run.ExperimentCheck;
import org.largevae.runner.testing.OfflineFiles;

/** Sweeps over a tiny model of 40 small pictures, with the components that are installed. */
final class SweepFixture {
  private final Path folder;
  private final ExperimentLoader loader;
  private final SweepPlanner planner;

  /** Pictures go into the folder, and so do sweeps' files. */
  SweepFixture(Path folder) throws IOException {
    this.folder = folder;
    ImageFolder.create(folder.resolve("images"), 40);
    Registry registry = new ServiceRegistry(getClass().getClassLoader());
    loader = new ExperimentLoader(registry);
    planner =
        new SweepPlanner(
            loader,
            registry,
            new ExperimentCheck(registry, new DataLoading(registry, OfflineFiles.in(folder))));
  }

  /** A base experiment, as a section of a sweep's file: one line, so that lines can be counted. */
  String base() {
    return "base { dataset { name = images, folder = \""
        + folder.resolve("images")
        + "\", width = 4, height = 5 }, model { latent-size = 2, encoder.hidden = [6],"
        + " decoder.hidden = [6], prior { type = vampprior, pseudo-inputs = 4, init-mean = 0.3 },"
        + " likelihood.type = discretized-logistic }, training { epochs = 3, batch-size = 10,"
        + " optimizer.learning-rate = 0.01 }, evaluation { importance-samples = 20,"
        + " validation-importance-samples = 5 } }";
  }

  /** Writes a sweep's file: the base in its first line, then the text. */
  Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("sweep.conf"), base() + "\n" + text);
  }

  /** What a sweep's file says. */
  SweepDefinition read(String text) throws IOException {
    return new SweepReader(loader).read(file(text));
  }

  /** The planned sweep. */
  Sweep plan(String text, String... overrides) throws IOException {
    return planner.plan(read(text), List.of(overrides), OptionalInt.empty());
  }

  /** The planned sweep with other seeds. */
  Sweep planSeeds(String text, int seeds) throws IOException {
    return planner.plan(read(text), List.of(), OptionalInt.of(seeds));
  }

  /** A runner whose members are processes of this Java and class path. */
  SweepRunner runner() {
    return new SweepRunner(loader, JavaCommand.ofThisProcess(Main.class));
  }

  /** Reads experiments with the components that are installed. */
  ExperimentLoader loader() {
    return loader;
  }
}
