package org.largevae.core.testing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.util.List;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Provider;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataFile;
import org.largevae.api.data.DataFiles;
import org.largevae.api.data.Dataset;
import org.largevae.api.data.DatasetProvider;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.DecoderProvider;
import org.largevae.api.network.Encoder;
import org.largevae.api.network.EncoderProvider;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;
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
  public static List<Provider> all() {
    String hidden = "hidden = [300, 300], activation { type = sigmoid, scale = 1.0 }";
    return List.of(
        new FakePrior("standard", ConfigFactory.empty()),
        new FakePrior(
            "vampprior",
            ConfigFactory.parseString("pseudo-inputs = 500, init = normal, init-mean = 0.05")),
        new FakeLikelihood("bernoulli", ConfigFactory.empty()),
        new FakeLikelihood("discretized-logistic", ConfigFactory.parseString("tails = folded")),
        new FakeEncoder("gated-mlp", ConfigFactory.parseString(hidden)),
        new FakeDecoder("gated-mlp", ConfigFactory.parseString(hidden)),
        new FakeDataset("digits", ConfigFactory.empty(), List.of()),
        new FakeDataset(
            "images", ConfigFactory.parseString("folder = null, width = 28"), List.of()),
        new FakeDataset(
            "freyfaces",
            ConfigFactory.empty(),
            List.of(
                new DataFile(
                    "freyfaces",
                    "freyfaces.pkl",
                    "ab12",
                    List.of(URI.create("https://example.org/freyfaces.pkl"))))));
  }

  /** A prior that is never made. */
  public record FakePrior(String name, Config defaults) implements PriorProvider {
    @Override
    public String description() {
      return "a prior";
    }

    @Override
    public Prior create(Settings settings, ModelShape shape) {
      throw new UnsupportedOperationException();
    }
  }

  /** A likelihood that is never made. */
  public record FakeLikelihood(String name, Config defaults) implements LikelihoodProvider {
    @Override
    public String description() {
      return "a likelihood";
    }

    @Override
    public Likelihood create(Settings settings, ModelShape shape) {
      throw new UnsupportedOperationException();
    }
  }

  /** An encoder that is never made. */
  public record FakeEncoder(String name, Config defaults) implements EncoderProvider {
    @Override
    public String description() {
      return "an encoder";
    }

    @Override
    public Encoder create(Settings settings, ModelShape shape) {
      throw new UnsupportedOperationException();
    }
  }

  /** A decoder that is never made. */
  public record FakeDecoder(String name, Config defaults) implements DecoderProvider {
    @Override
    public String description() {
      return "a decoder";
    }

    @Override
    public Decoder create(Settings settings, ModelShape shape, int parameterCount) {
      throw new UnsupportedOperationException();
    }
  }

  /** A dataset that is never loaded. */
  public record FakeDataset(String name, Config defaults, List<DataFile> files)
      implements DatasetProvider {
    @Override
    public String description() {
      return "a dataset";
    }

    @Override
    public Dataset load(Settings settings, DataFiles dataFiles) {
      throw new UnsupportedOperationException();
    }
  }
}
