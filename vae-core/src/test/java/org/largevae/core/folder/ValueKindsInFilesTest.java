package org.largevae.core.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.component.NoSettings;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.Setting;
import org.largevae.api.config.Settings;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKindProvider;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.core.TrainedVae;
import org.largevae.core.Vae;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.model.ModelAssembly;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.OneLevelVaeProvider;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpDecoderProvider;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.networks.GatedMlpEncoderProvider;
import org.largevae.networks.posterior.GaussianPosteriorProvider;
import org.largevae.priors.StandardPrior;
import org.largevae.priors.StandardPriorProvider;

/** Columns of several kinds, a plugin's among them, in model.json and back. */
class ValueKindsInFilesTest {
  private static final DataDescription TABLE =
      DataDescription.of(
          List.of(
              new Column("size", ValueKinds.POSITIVE),
              new Column("colour", ValueKinds.category(7), true),
              new Column("grade", ValueKinds.ordinal(3)),
              new Column("noon", new Temperature(-40, 0.5), true),
              new Column("visits", ValueKinds.COUNT)));
  private static final float[] EXAMPLE = {1.5f, 6, 2, -10, 3};

  @TempDir private Path temporary;

  /** A plugin's kind: temperatures above a lowest one, in steps. */
  public record Temperature(
      @Setting(value = "-273.15", meaning = "the lowest temperature") double coldest,
      @Setting(value = "1", above = 0, meaning = "the step of the instrument") double step)
      implements ValueKind {
    @Override
    public String name() {
      return "temperature";
    }

    @Override
    public boolean holds(float value) {
      return value >= coldest;
    }

    @Override
    public String rule() {
      return "temperatures are at least " + coldest;
    }
  }

  private static final class TemperatureProvider extends ValueKindProvider<Temperature> {
    TemperatureProvider() {
      super("temperature", "Temperatures of an instrument", Temperature.class);
    }
  }

  /** A likelihood of anything. */
  private record Anything(int dimensions) implements Likelihood {
    @Override
    public Shape parameters() {
      return new Shape(dimensions);
    }

    @Override
    public boolean supports(ValueKind kind) {
      return true;
    }

    @Override
    public Density of(NDArray parameters, Pass pass) {
      return new DiagonalGaussian(parameters, parameters.zerosLike());
    }
  }

  private static final class AnythingProvider extends LikelihoodProvider<NoSettings> {
    AnythingProvider() {
      super(
          "anything",
          "A likelihood of anything",
          NoSettings.class,
          (settings, data) -> new Anything(data.dimensions()));
    }
  }

  private static ServiceRegistry registry(Provider<?>... more) {
    List<Provider<?>> all =
        new ArrayList<>(
            List.of(
                new OneLevelVaeProvider(),
                new GatedMlpEncoderProvider(),
                new GaussianPosteriorProvider(),
                new GatedMlpDecoderProvider(),
                new StandardPriorProvider(),
                new AnythingProvider()));
    all.addAll(List.of(more));
    return ServiceRegistry.of(all);
  }

  private Path saved(DataDescription data) {
    Config config =
        ConfigFactory.parseString(
            "model { type = vae, latent-size = 2, prior.type = standard,"
                + " likelihood.type = anything, encoder { type = gated-mlp, hidden = [4] },"
                + " posterior { type = gaussian }, decoder { type = gated-mlp, hidden = [4] } }");
    Settings section = new Settings(config, "").section("model");
    Path folder = temporary.resolve("saved");
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      ResidentExamples training =
          new ResidentExamples(manager.zeros(new Shape(1, data.dimensions())));
      try (ParameterizedModel model =
          ModelFactory.initialize(
              ModelAssembly.assemble(registry(), section, data),
              ModelAssembly.types(section),
              Device.cpu(),
              1,
              training)) {
        SavedModel.save(model, JsonConfig.of(config), folder);
      }
    }
    return folder;
  }

  @Test
  void columnsOfSeveralKindsAreReadBack() {
    Path folder = saved(TABLE);
    try (TrainedVae opened =
        TrainedVae.at(folder).device("cpu").registry(registry(new TemperatureProvider())).open()) {
      assertThat(opened.data()).isEqualTo(TABLE);
      assertThat(opened.data().kind(3)).isEqualTo(new Temperature(-40, 0.5));
      assertThat(opened.encode(EXAMPLE)).hasSize(2);
      assertThatThrownBy(() -> opened.encode(new float[] {1, 1, 1, -50, 1}))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("value 3 (noon) of example 0 is -50.0")
          .hasMessageEndingWith("temperatures are at least -40.0");
    }
  }

  @Test
  void oneKindOfAPluginIsReadBack() {
    DataDescription data = DataDescription.of(new DataShape(1, 2, 3), new Temperature(-1, 2), true);
    Path folder = saved(data);
    try (TrainedVae opened =
        TrainedVae.at(folder).device("cpu").registry(registry(new TemperatureProvider())).open()) {
      assertThat(opened.data()).isEqualTo(data);
    }
  }

  @Test
  void kindThatIsNotInstalledIsOneSentence() {
    Path folder = saved(TABLE);
    assertThatThrownBy(() -> TrainedVae.at(folder).device("cpu").registry(registry()).open())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            folder.resolve("model.json") + ": kind = \"temperature\": no such value kind.")
        .hasMessageContaining("must be on the class path or in a plugin folder")
        .hasMessageNotContaining("\n");
  }

  @Test
  void settingThatThePluginRefusesIsDamage() throws IOException {
    Path folder = saved(TABLE);
    Path file = folder.resolve("model.json");
    Files.writeString(file, Files.readString(file).replace("\"step\": 0.5", "\"step\": -0.5"));
    assertThatThrownBy(
            () ->
                TrainedVae.at(folder)
                    .device("cpu")
                    .registry(registry(new TemperatureProvider()))
                    .open())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is damaged")
        .hasMessageContaining("kind.step = -0.5: must be above 0");
  }

  @Test
  void tableInJavaNeedsNoRegistration() {
    Path folder = temporary.resolve("run");
    float[][] examples = {EXAMPLE, EXAMPLE, {2, Float.NaN, 0, Float.NaN, 1}};
    float[] encoded;
    try (TrainedVae trained =
        table().trainer(examples).device("cpu").epochs(1).folder(folder).train()) {
      encoded = trained.encode(EXAMPLE);
    }
    try (TrainedVae opened = table().open(folder, "cpu")) {
      assertThat(opened.encode(EXAMPLE)).containsExactly(encoded);
    }
  }

  private static Vae table() {
    ModelShape shape = ModelShape.of(TABLE, 2);
    return Vae.of(
        shape,
        new GatedMlpEncoder(shape, 4),
        new StandardPrior(shape),
        new GatedMlpDecoder(shape, new Anything(TABLE.dimensions()), 4));
  }

  /** Of mixed kinds without names, which no file could hold. */
  private record Nameless() implements DataDescription {
    @Override
    public DataShape shape() {
      return new DataShape(1, 1, 2);
    }

    @Override
    public ValueKind kind(int value) {
      return value == 0 ? ValueKinds.REAL : ValueKinds.COUNT;
    }
  }

  @Test
  void mixedKindsWithoutNamesAreNotSavedAsOneKind() {
    assertThatThrownBy(() -> saved(new Nameless()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("describe them with DataDescription.of(columns)");
    assertThat(temporary.resolve("saved")).doesNotExist();
  }
}
