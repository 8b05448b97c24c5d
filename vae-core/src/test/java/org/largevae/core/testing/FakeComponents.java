package org.largevae.core.testing;

import java.net.URI;
import java.util.List;
import org.largevae.api.component.NoSettings;
import org.largevae.api.component.Provider;
import org.largevae.api.config.Setting;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.DatasetProvider;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.api.network.DecoderProvider;
import org.largevae.api.network.EncoderProvider;
import org.largevae.api.network.PosteriorProvider;
import org.largevae.api.prior.PriorProvider;
import org.largevae.core.model.OneLevelVaeProvider;
import org.largevae.core.objective.ElboProvider;
import org.largevae.core.objective.IwaeProvider;
import org.largevae.core.registry.Registry;
import org.largevae.core.registry.ServiceRegistry;

/** Providers with names and keys alone, which is all that configuration needs. */
public final class FakeComponents {

  private FakeComponents() {}

  /** A registry with components named as those that come with the library. */
  public static Registry registry() {
    return ServiceRegistry.of(all());
  }

  /** The components. */
  public static List<Provider<?>> all() {
    return List.of(
        new FakePrior<>("standard", NoSettings.class),
        new FakePrior<>("vampprior", PseudoInputs.class),
        new FakeLikelihood<>("bernoulli", NoSettings.class),
        new FakeLikelihood<>("discretized-logistic", Bins.class),
        new FakeEncoder("gated-mlp"),
        new FakePosterior("gaussian"),
        new FakeDecoder("gated-mlp"),
        new OneLevelVaeProvider(),
        new ElboProvider(),
        new IwaeProvider(),
        new FakeDataset<>("digits", NoSettings.class, List.of()),
        new FakeDataset<>("images", Images.class, List.of()),
        new FakeDataset<>(
            "freyfaces",
            NoSettings.class,
            List.of(
                new DataFile(
                    "freyfaces",
                    "freyfaces.npy",
                    "ab12",
                    List.of(URI.create("https://example.org/freyfaces.npy"))))));
  }

  /** Keys of a prior. */
  public record PseudoInputs(
      @Setting(value = "500", atLeast = 1, meaning = "how many") int pseudoInputs,
      @Setting(value = "normal", meaning = "where they start") String init,
      @Setting(value = "0.05", atLeast = 0, atMost = 1, meaning = "their mean") double initMean) {}

  /** Keys of a likelihood. */
  public record Bins(@Setting(value = "folded", meaning = "of the outer bins") String tails) {}

  /** Keys of a network, one of them a section. */
  public record Layers(
      @Setting(value = "[300, 300]", atLeast = 1, meaning = "sizes") List<Integer> hidden,
      @Setting(meaning = "of the layers") Activation activation) {}

  /** Keys of a section within a section. */
  public record Activation(
      @Setting(value = "sigmoid", meaning = "its name") String type,
      @Setting(value = "1.0", meaning = "its factor") double scale) {}

  /** Keys of a dataset, one of them without a default. */
  public record Images(
      @Setting(meaning = "where they are") String folder,
      @Setting(value = "28", atLeast = 1, meaning = "in pixels") int width) {}

  private static <T> T never() {
    throw new UnsupportedOperationException("a fake component cannot be made");
  }

  /** A prior that is never made. */
  private static final class FakePrior<S extends Record> extends PriorProvider<S> {
    FakePrior(String name, Class<S> settings) {
      super(name, "a prior", settings, (given, shape) -> never());
    }
  }

  /** A likelihood that is never made. */
  private static final class FakeLikelihood<S extends Record> extends LikelihoodProvider<S> {
    FakeLikelihood(String name, Class<S> settings) {
      super(name, "a likelihood", settings, (given, data) -> never());
    }
  }

  /** An encoder that is never made. */
  private static final class FakeEncoder extends EncoderProvider<Layers> {
    FakeEncoder(String name) {
      super(name, "an encoder", Layers.class, (given, shape, posterior) -> never());
    }
  }

  /** A posterior that is never made. */
  private static final class FakePosterior extends PosteriorProvider<NoSettings> {
    FakePosterior(String name) {
      super(name, "a posterior", NoSettings.class, (given, shape) -> never());
    }
  }

  /** A decoder that is never made. */
  private static final class FakeDecoder extends DecoderProvider<Layers> {
    FakeDecoder(String name) {
      super(name, "a decoder", Layers.class, (given, shape, likelihood) -> never());
    }
  }

  /** A dataset that is never loaded. */
  private static final class FakeDataset<S extends Record> extends DatasetProvider<S> {
    private final List<DataFile> files;

    FakeDataset(String name, Class<S> settings, List<DataFile> files) {
      super(name, "a dataset", settings);
      this.files = files;
    }

    @Override
    public List<DataFile> files() {
      return files;
    }

    @Override
    public Dataset load(S settings, DataFiles dataFiles) {
      return never();
    }
  }
}
