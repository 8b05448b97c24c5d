package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.largevae.api.component.Component;
import org.largevae.api.component.Start;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.tensor.Tensors;

/** Sizes, batches and starts for tests of convolutional networks. */
final class Pictures {

  private Pictures() {}

  static ModelShape grey(int height, int width, int latents, Integer... above) {
    return shape(1, height, width, latents, above);
  }

  static ModelShape shape(int channels, int height, int width, int latents, Integer... above) {
    DataDescription data =
        DataDescription.of(new DataShape(channels, height, width), ValueKinds.GREY_LEVEL);
    return ModelShape.of(data, latents, List.of(above));
  }

  /** Gives parameters their start. */
  static <C extends Component> C started(C component, NDManager manager) {
    component.initialize(
        new Start() {
          @Override
          public NDManager manager() {
            return manager;
          }

          @Override
          public NDArray trainingExamples(int count) {
            throw new UnsupportedOperationException("networks start without examples");
          }
        });
    return component;
  }

  static NDArray uniform(NDManager manager, long... shape) {
    return manager.randomUniform(0, 1, new Shape(shape), DataType.FLOAT32);
  }

  static NDArray normal(NDManager manager, long... shape) {
    return manager.randomNormal(0, 1, new Shape(shape), DataType.FLOAT32);
  }

  /** A batch whose examples are being trained on. */
  static Batch trained(NDArray x) {
    NDArray places = x.getManager().arange((int) x.getShape().get(0));
    return new TrainedBatch(x, Optional.of(places.toType(DataType.INT64, false)));
  }

  private record TrainedBatch(NDArray x, Optional<NDArray> places) implements Batch {}

  /** How many numbers are trained, state left out. */
  static long parameters(Component component) {
    return component.block().orElseThrow().getParameters().values().stream()
        .filter(parameter -> parameter.requiresGradient())
        .mapToLong(parameter -> parameter.getShape().size())
        .sum();
  }

  static double[] doubles(NDArray array) {
    return Tensors.toDoubles(array);
  }
}
