package org.largevae.runner.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.largevae.api.component.Pass;
import org.largevae.core.engine.NoGradient;
import org.largevae.core.engine.Seeds;
import org.largevae.core.model.ModelPass;
import org.largevae.core.model.VariationalAutoencoder;

/** Examples that a model generates, reconstructs or holds, as plain values for figures. */
final class Pictures {
  private final VariationalAutoencoder model;

  Pictures(VariationalAutoencoder model) {
    this.model = model;
  }

  /**
   * Draws from the prior, decoded to the likelihood's mean.
   *
   * @param count how many
   * @param seed of the draws
   * @return examples of D values
   */
  List<float[]> generated(int count, long seed) {
    return compute(
        pass -> {
          NDArray latents;
          try (Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.PICTURES, 0, 0)) {
            latents = pass.samplePrior(count);
          }
          return pass.decode(latents);
        });
  }

  /**
   * Encodes and decodes examples through the posterior's mean.
   *
   * @param examples of D values each
   * @return their reconstructions, in order
   */
  List<float[]> reconstructions(List<float[]> examples) {
    return compute(pass -> pass.decode(pass.encode(toArray(examples))));
  }

  /**
   * The posterior means of examples.
   *
   * @param examples of D values each
   * @return M values for each, in order
   */
  List<float[]> encodings(List<float[]> examples) {
    return compute(pass -> pass.encode(toArray(examples)));
  }

  /**
   * The prior's points in data space.
   *
   * @return K examples of D values; none for a prior without
   */
  List<float[]> pseudoInputs() {
    return compute(ModelPass::pseudoInputs);
  }

  private NDArray toArray(List<float[]> examples) {
    FloatBuffer values = FloatBuffer.allocate(examples.size() * model.shape().dimensions());
    examples.forEach(values::put);
    values.rewind();
    Shape shape = new Shape(examples.size(), model.shape().dimensions());
    return model.manager().create(values, shape, DataType.FLOAT32);
  }

  private List<float[]> compute(Function<ModelPass, NDArray> work) {
    try (NoGradient none = new NoGradient();
        NDScope scope = new NDScope()) {
      NDArray result = work.apply(model.begin(Pass.inference(model.manager())));
      return result.size() == 0
          ? List.of()
          : split(result.toFloatArray(), (int) result.getShape().get(1));
    }
  }

  /**
   * Cuts values into rows.
   *
   * @param values row by row
   * @param dimensions the length of a row
   * @return the rows
   */
  static List<float[]> split(float[] values, int dimensions) {
    List<float[]> examples = new ArrayList<>();
    for (int from = 0; from < values.length; from += dimensions) {
      examples.add(Arrays.copyOfRange(values, from, from + dimensions));
    }
    return examples;
  }
}
