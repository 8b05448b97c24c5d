package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ModelShape;
import org.largevae.api.prior.Prior;
import org.largevae.api.tensor.Tensors;
import org.largevae.testkit.BrokenPriors.Broken;

/** The contract run on priors with state, right and wrong. */
final class BrokenStates {

  private BrokenStates() {}

  /** A prior whose mean is shifted by state that moves with each pass that trains. */
  static class Stateful extends LearntGaussian {
    final Parameter shift;

    Stateful(ModelShape shape) {
      super(shape);
      this.shift =
          block.addState(
              "shift", new Shape(shape.latentSize()), (m, s, type) -> m.zeros(s, DataType.FLOAT32));
    }

    boolean moves(Pass pass) {
      return pass.isTraining();
    }

    NDArray read(Pass pass) {
      return pass.value(shift).duplicate();
    }

    @Override
    NDArray mean(Pass pass) {
      NDArray before = read(pass);
      if (moves(pass)) {
        pass.assign(shift, before.add(0.25));
      }
      // a product, whose gradient needs the state
      return super.mean(pass).add(before).add(super.mean(pass).mul(Tensors.multiply(before, 0.1)));
    }
  }

  static class Good extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new Stateful(shape);
    }
  }

  static class ChangedInInference extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new Stateful(shape) {
        @Override
        boolean moves(Pass pass) {
          return true;
        }
      };
    }
  }

  static class ReadInPlace extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new Stateful(shape) {
        @Override
        NDArray read(Pass pass) {
          return pass.value(shift);
        }

        @Override
        NDArray mean(Pass pass) {
          NDArray scaled = super.mean(pass).mul(pass.value(shift).add(1));
          NDArray used = scaled.mul(pass.value(shift));
          if (pass.isTraining()) {
            pass.assign(shift, pass.value(shift).add(0.25));
          }
          return scaled.add(used);
        }
      };
    }
  }

  static class InAField extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        private double shift;

        @Override
        NDArray mean(Pass pass) {
          shift += pass.isTraining() ? 0.25 : 0;
          return super.mean(pass).add(shift);
        }
      };
    }
  }
}
