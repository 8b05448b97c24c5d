package org.largevae.core.model;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingException;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.api.model.Model;
import org.largevae.api.model.ModelParts;
import org.largevae.api.model.ModelProvider;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.DecoderProvider;
import org.largevae.api.network.Encoder;
import org.largevae.api.network.EncoderProvider;
import org.largevae.api.network.Posterior;
import org.largevae.api.network.PosteriorProvider;
import org.largevae.api.prior.ConditionalPrior;
import org.largevae.api.prior.ConditionalPriorProvider;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;

/** Puts a model together as a configuration's section {@code model} describes it. */
public final class ModelAssembly implements ModelParts {
  /** The kinds of a model's parts, by the names of their sections. */
  private static final Map<String, ComponentKind<?>> PARTS = parts();

  /** What is configured where nothing is said. */
  private static final String DEFAULT_POSTERIOR = "gaussian";

  private final Registry registry;
  private final Settings section;
  private final DataDescription data;

  private static Map<String, ComponentKind<?>> parts() {
    Map<String, ComponentKind<?>> parts = new LinkedHashMap<>();
    ComponentKind.configured().stream()
        .filter(kind -> kind.section().startsWith("model."))
        .forEach(kind -> parts.put(kind.section().substring("model.".length()), kind));
    return parts;
  }

  private ModelAssembly(Registry registry, Settings section, DataDescription data) {
    this.registry = registry;
    this.section = section;
    this.data = data;
  }

  /**
   * Makes the model, without values yet.
   *
   * @param registry finds the providers
   * @param section the section {@code model}, with the defaults of all its components
   * @param data what the examples are made of
   * @return the model
   * @throws ConfigurationException if a component is unknown, its settings are bad, or the
   *     likelihood is none for such data
   */
  public static Model assemble(Registry registry, Settings section, DataDescription data) {
    ModelAssembly parts = new ModelAssembly(registry, section, data);
    return create(registry.find(ComponentKind.MODEL, section.text("type")), section, parts);
  }

  /**
   * What the configuration calls the components.
   *
   * @param section the section {@code model}
   * @return types by the names of their sections, such as {@code prior}
   */
  public static Map<String, String> types(Settings section) {
    Map<String, String> types = new LinkedHashMap<>();
    for (String part : PARTS.keySet()) {
      if (section.config().hasPath(part)) {
        types.put(part, section.section(part).text("type"));
      }
    }
    return types;
  }

  /**
   * Refuses a section that does not name what its model is made of.
   *
   * @param registry finds the model, where it is installed
   * @param section the section {@code model}
   * @return the section
   * @throws ConfigurationException if a type is missing
   */
  public static Settings requireNamed(Registry registry, Settings section) {
    String model = section.text("type");
    registry.all(ComponentKind.MODEL).stream()
        .filter(provider -> provider.name().equals(model))
        .flatMap(provider -> provider.parts().stream())
        .sorted()
        .forEach(part -> section.section(part).text("type"));
    types(section);
    return section;
  }

  /**
   * Refuses a model one of whose components is not installed.
   *
   * @param registry finds the providers
   * @param section the section {@code model}
   * @throws ConfigurationException if one is not, with what is installed
   */
  public static void requireInstalled(Registry registry, Settings section) {
    ModelProvider<?> provider = registry.find(ComponentKind.MODEL, section.text("type"));
    PARTS.forEach(
        (part, kind) -> {
          if (provider.parts().contains(part)) {
            registry.find(kind, section.section(part).text("type"));
          }
        });
  }

  @Override
  public DataDescription data() {
    return data;
  }

  @Override
  public Encoder encoder(ModelShape shape) {
    Posterior posterior =
        part(ComponentKind.POSTERIOR, "posterior", (p, own) -> posterior(p, own, shape));
    Encoder encoder =
        part(ComponentKind.ENCODER, "encoder", (p, own) -> encoder(p, own, shape, posterior));
    Settings chosen = section.section("posterior");
    if (encoder.posterior().isEmpty() && !chosen.text("type").equals(DEFAULT_POSTERIOR)) {
      throw chosen.fault(
          "type",
          "the encoder "
              + section.section("encoder").text("type")
              + " has posteriors of its own; leave model.posterior out, or choose another encoder");
    }
    return encoder;
  }

  @Override
  public Prior prior(ModelShape shape) {
    return part(ComponentKind.PRIOR, "prior", (p, own) -> prior(p, own, shape));
  }

  @Override
  public ConditionalPrior conditionalPrior(ModelShape shape) {
    return part(
        ComponentKind.CONDITIONAL_PRIOR,
        "conditional-prior",
        (p, own) -> conditionalPrior(p, own, shape));
  }

  @Override
  public Decoder decoder(ModelShape shape, Likelihood likelihood) {
    return part(ComponentKind.DECODER, "decoder", (p, own) -> decoder(p, own, shape, likelihood));
  }

  @Override
  public Likelihood likelihood() {
    return part(
        ComponentKind.LIKELIHOOD,
        "likelihood",
        (provider, own) -> {
          Likelihood likelihood = likelihood(provider, own, data);
          requireSupport(likelihood, own);
          return likelihood;
        });
  }

  /** Makes a part from its provider and its section. */
  private interface Maker<P, C> {
    C make(P provider, Settings own);
  }

  private <P extends Provider<?>, C> C part(ComponentKind<P> kind, String key, Maker<P, C> maker) {
    Settings own = section.section(key);
    return attributed(own, s -> maker.make(registry.find(kind, s.text("type")), s));
  }

  /** What a component says of its settings alone is said with the whole key and its place. */
  private static <T> T attributed(Settings own, Function<Settings, T> work) {
    try {
      return work.apply(own);
    } catch (SettingException broken) {
      throw own.fault(broken.key(), broken.rule());
    }
  }

  private static <S extends Record> Model create(
      ModelProvider<S> provider, Settings own, ModelParts parts) {
    return attributed(own, s -> provider.create(whole(provider, s, provider.parts()), parts));
  }

  private static <S extends Record> Encoder encoder(
      EncoderProvider<S> provider, Settings own, ModelShape shape, Posterior posterior) {
    return provider.create(whole(provider, own), shape, posterior);
  }

  private static <S extends Record> Posterior posterior(
      PosteriorProvider<S> provider, Settings own, ModelShape shape) {
    return provider.create(whole(provider, own), shape);
  }

  private static <S extends Record> Decoder decoder(
      DecoderProvider<S> provider, Settings own, ModelShape shape, Likelihood likelihood) {
    return provider.create(whole(provider, own), shape, likelihood);
  }

  private static <S extends Record> Prior prior(
      PriorProvider<S> provider, Settings own, ModelShape shape) {
    return provider.create(whole(provider, own), shape);
  }

  private static <S extends Record> ConditionalPrior conditionalPrior(
      ConditionalPriorProvider<S> provider, Settings own, ModelShape shape) {
    return provider.create(whole(provider, own), shape);
  }

  private static <S extends Record> Likelihood likelihood(
      LikelihoodProvider<S> provider, Settings own, DataDescription data) {
    return provider.create(whole(provider, own), data);
  }

  private static <S extends Record> S whole(Provider<S> provider, Settings section) {
    return whole(provider, section, Set.of());
  }

  /** Fails where the section has other keys: a newer version's would silently be left out. */
  private static <S extends Record> S whole(
      Provider<S> provider, Settings section, Set<String> sections) {
    Set<String> known = new TreeSet<>(sections);
    known.add("type");
    provider.settings().keys().forEach(key -> known.add(key.key()));
    for (String key : new TreeSet<>(section.config().root().keySet())) {
      if (!known.contains(key)) {
        throw section.fault(
            ConfigUtil.joinPath(key), "unknown key; known are " + String.join(", ", known));
      }
    }
    return read(provider, section);
  }

  /**
   * A component's own settings in its section. What a newer version has added since the section was
   * written gets its default.
   *
   * @param provider of the component
   * @param section that describes it
   * @param <S> its settings
   * @return the settings
   * @throws ConfigurationException if one is bad
   */
  public static <S extends Record> S read(Provider<S> provider, Settings section) {
    Config defaults = provider.settings().defaults("the defaults of " + provider.name());
    Config whole = section.config().withFallback(defaults);
    return provider.settings().read(new Settings(whole, section.fullKey("")));
  }

  private void requireSupport(Likelihood likelihood, Settings own) {
    for (ValueKind kind : kinds()) {
      if (!likelihood.supports(kind)) {
        throw own.fault(
            "type",
            "is not a likelihood of " + kind.name() + " values; " + advice() + elsewhere(kind));
      }
    }
  }

  private List<ValueKind> kinds() {
    return data.singleKind()
        .map(List::of)
        .orElseGet(
            () -> IntStream.range(0, data.dimensions()).mapToObj(data::kind).distinct().toList());
  }

  private String advice() {
    List<String> fitting =
        registry.all(ComponentKind.LIKELIHOOD).stream()
            .filter(this::fits)
            .map(Provider::name)
            .toList();
    return fitting.isEmpty()
        ? "none that is installed takes such data"
        : "use " + String.join(" or ", fitting);
  }

  private boolean fits(LikelihoodProvider<?> provider) {
    try {
      Likelihood likelihood = withDefaults(provider);
      return kinds().stream().allMatch(likelihood::supports);
    } catch (ConfigurationException | IllegalArgumentException needsSettings) {
      // one that cannot be made without further settings is no simple advice
      return false;
    }
  }

  private <S extends Record> Likelihood withDefaults(LikelihoodProvider<S> provider) {
    return provider.create(provider.settings().defaultValues(), data);
  }

  private static String elsewhere(ValueKind kind) {
    if (kind.equals(ValueKinds.BINARY)) {
      return ", or set dataset.binarization = none";
    }
    if (kind.equals(ValueKinds.GREY_LEVEL)) {
      return ", or binarise the data with dataset.binarization = static, dynamic or threshold";
    }
    return kind.equals(ValueKinds.REAL)
        ? ", or read the numbers as grey levels with dataset.values = pixels or unit, where the"
            + " dataset has that key"
        : "";
  }
}
