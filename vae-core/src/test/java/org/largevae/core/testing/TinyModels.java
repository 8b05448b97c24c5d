package org.largevae.core.testing;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Provider;
import org.largevae.api.config.Settings;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.core.model.ModelSettings;
import org.largevae.core.model.Components;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.VariationalAutoencoder;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.Registry;
import org.largevae.core.registry.ServiceRegistry;

/** Models small enough for finite differences, made of the installed components. */
public final class TinyModels {
  public static final DataShape DATA = new DataShape(1, 2, 3);
  public static final int LATENT_SIZE = 2;
  private static final Registry REGISTRY = new ServiceRegistry(TinyModels.class.getClassLoader());

  private TinyModels() {}

  /** The sizes of a tiny model. */
  public static ModelShape shape(Support support) {
    return new ModelShape(DATA, support, LATENT_SIZE);
  }

  /** Components of a tiny model; each configuration holds the type and what differs. */
  public static Components components(String prior, String likelihood, Support support) {
    ModelSettings settings =
        new ModelSettings(
            LATENT_SIZE,
            section(ComponentKind.ENCODER, "type = gated-mlp, hidden = [4]"),
            section(ComponentKind.DECODER, "type = gated-mlp, hidden = [4]"),
            section(ComponentKind.PRIOR, prior),
            section(ComponentKind.LIKELIHOOD, likelihood));
    return ModelFactory.assemble(REGISTRY, settings, shape(support));
  }

  /** A model with its start, float32, on the CPU. */
  public static VariationalAutoencoder model(Components components, Support support, long seed) {
    return ModelFactory.initialize(
        components,
        shape(support),
        Device.cpu(),
        seed,
        (manager, count) ->
            manager.create(examples(support, count, 99), new Shape(count, DATA.dimensions())));
  }

  /** Random examples, row by row. */
  public static float[] examples(Support support, int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count * DATA.dimensions()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (support) {
            case BINARY -> random.nextInt(2);
            case PIXEL_256 -> (random.nextInt(256) + 0.5f) / 256;
            case REAL -> (float) random.nextGaussian();
          };
    }
    return values;
  }

  /** Makes a model's parameters float64, so that finite differences are sharp. */
  public static void toFloat64(VariationalAutoencoder model) {
    for (Parameter parameter : model.parameters().values()) {
      try (NDArray precise = parameter.getArray().toType(DataType.FLOAT64, true)) {
        Parameter copy =
            Parameter.builder().setName(parameter.getName()).setType(Parameter.Type.OTHER).build();
        copy.setArray(precise);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        copy.save(new DataOutputStream(bytes));
        parameter.close();
        NDManager manager = model.manager();
        parameter.load(manager, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        parameter.freeze(false);
      } catch (IOException | MalformedModelException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  private static <P extends Provider> Settings section(ComponentKind<P> kind, String text) {
    Config given = ConfigFactory.parseString(text);
    Config defaults = REGISTRY.find(kind, given.getString("type")).defaults();
    return new Settings(given.withFallback(defaults), kind.section());
  }
}
