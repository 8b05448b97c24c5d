package org.largevae.runner.application;

import java.util.Objects;
import java.util.function.Function;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.DecoderProvider;
import org.largevae.api.network.Encoder;
import org.largevae.api.network.EncoderProvider;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;

/**
 * Providers of components that an application makes itself, without a jar to discover. Each has a
 * name, which a run's folder notes, and no keys of configuration; give the same one to {@link
 * VaeTrainer#component} and to {@link VaeOpener#component}.
 */
public final class Providers {
  private static final String DESCRIPTION = "made by the application";

  private Providers() {}

  /** Makes a decoder. */
  @FunctionalInterface
  public interface DecoderFactory {
    /**
     * Makes one, without values yet.
     *
     * @param shape the model's sizes
     * @param parameterCount how many arrays the likelihood needs
     * @return the decoder
     */
    Decoder create(ModelShape shape, int parameterCount);
  }

  /**
   * A provider of a prior.
   *
   * @param name lower-case words joined by hyphens
   * @param factory makes it for a model's sizes
   * @return the provider
   */
  public static PriorProvider prior(String name, Function<ModelShape, Prior> factory) {
    return new OwnPrior(name, factory);
  }

  /**
   * A provider of a likelihood.
   *
   * @param name lower-case words joined by hyphens
   * @param factory makes it for a model's sizes
   * @return the provider
   */
  public static LikelihoodProvider likelihood(
      String name, Function<ModelShape, Likelihood> factory) {
    return new OwnLikelihood(name, factory);
  }

  /**
   * A provider of an encoder.
   *
   * @param name lower-case words joined by hyphens
   * @param factory makes it for a model's sizes
   * @return the provider
   */
  public static EncoderProvider encoder(String name, Function<ModelShape, Encoder> factory) {
    return new OwnEncoder(name, factory);
  }

  /**
   * A provider of a decoder.
   *
   * @param name lower-case words joined by hyphens
   * @param factory makes it for a model's sizes and the likelihood's number of arrays
   * @return the provider
   */
  public static DecoderProvider decoder(String name, DecoderFactory factory) {
    return new OwnDecoder(name, factory);
  }

  private record OwnPrior(String name, Function<ModelShape, Prior> factory)
      implements PriorProvider {
    OwnPrior {
      requireNonNull(name, factory);
    }

    @Override
    public String description() {
      return DESCRIPTION;
    }

    @Override
    public Prior create(Settings settings, ModelShape shape) {
      return factory.apply(shape);
    }
  }

  private record OwnLikelihood(String name, Function<ModelShape, Likelihood> factory)
      implements LikelihoodProvider {
    OwnLikelihood {
      requireNonNull(name, factory);
    }

    @Override
    public String description() {
      return DESCRIPTION;
    }

    @Override
    public Likelihood create(Settings settings, ModelShape shape) {
      return factory.apply(shape);
    }
  }

  private record OwnEncoder(String name, Function<ModelShape, Encoder> factory)
      implements EncoderProvider {
    OwnEncoder {
      requireNonNull(name, factory);
    }

    @Override
    public String description() {
      return DESCRIPTION;
    }

    @Override
    public Encoder create(Settings settings, ModelShape shape) {
      return factory.apply(shape);
    }
  }

  private record OwnDecoder(String name, DecoderFactory factory) implements DecoderProvider {
    OwnDecoder {
      requireNonNull(name, factory);
    }

    @Override
    public String description() {
      return DESCRIPTION;
    }

    @Override
    public Decoder create(Settings settings, ModelShape shape, int parameterCount) {
      return factory.create(shape, parameterCount);
    }
  }

  private static void requireNonNull(String name, Object factory) {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(factory, "factory is null");
  }
}
