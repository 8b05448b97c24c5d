package org.largevae.core.testing;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.largevae.api.component.GradientRule;
import org.largevae.api.data.ModelShape;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.model.Model;
import org.largevae.api.prior.Prior;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.model.HierarchicalVae;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.OneLevelVae;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.networks.GatedMlpConditionalPrior;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.VampPrior;
import org.largevae.priors.VampPriorSettings;

/** Models small enough for finite differences. */
public final class TinyModels {
  public static final int LATENT_SIZE = 2;
  private static final int TOP_SIZE = 3;
  private static final int HIDDEN = 4;

  private TinyModels() {}

  /** The sizes of a tiny model. */
  public static ModelShape shape(TinyData data) {
    return ModelShape.of(data.description(), LATENT_SIZE);
  }

  /** A model with three pseudo-inputs that start from training examples. */
  public static OneLevelVae vae(TinyData data) {
    VampPriorSettings settings =
        new VampPriorSettings(
            3, VampPriorSettings.Init.TRAINING_DATA, 0.05, 0.01, 0.01, GradientRule.OPTIMIZER);
    return vae(data, new VampPrior(settings, shape(data)));
  }

  /** A model with any prior. */
  public static OneLevelVae vae(TinyData data, Prior prior) {
    return vae(data, prior, data.likelihood());
  }

  /** A model with any prior and likelihood. */
  public static OneLevelVae vae(TinyData data, Prior prior, Likelihood likelihood) {
    ModelShape shape = shape(data);
    return new OneLevelVae(
        shape,
        new GatedMlpEncoder(shape, HIDDEN),
        prior,
        new GatedMlpDecoder(shape, likelihood, HIDDEN));
  }

  /** The sizes of the top level of {@link #hierarchy}, which has other than the one below. */
  public static ModelShape top(TinyData data) {
    return ModelShape.of(data.description(), TOP_SIZE);
  }

  /** A model of two levels with any prior on top. */
  public static HierarchicalVae hierarchy(TinyData data, Prior prior, Likelihood likelihood) {
    ModelShape top = top(data);
    ModelShape below = ModelShape.of(data.description(), LATENT_SIZE, List.of(TOP_SIZE));
    return new HierarchicalVae(
        data.description(),
        List.of(TOP_SIZE, LATENT_SIZE),
        List.of(
            new GatedMlpEncoder(top, HIDDEN, HIDDEN), new GatedMlpEncoder(below, HIDDEN, HIDDEN)),
        prior,
        List.of(new GatedMlpConditionalPrior(below, HIDDEN)),
        new GatedMlpDecoder(below, likelihood, HIDDEN, HIDDEN));
  }

  /** A model with its start, float32, on the CPU; its components are called by their classes. */
  public static ParameterizedModel started(Model model, ResidentExamples training, long seed) {
    return ModelFactory.initialize(
        model, ModelFactory.classNames(model), Device.cpu(), seed, training);
  }

  /** Makes a model's parameters float64, so that finite differences are sharp. */
  public static void toFloat64(ParameterizedModel model) {
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
}
