package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.data.ModelShape;
import org.largevae.api.prior.Prior;
import org.largevae.testkit.BrokenPriors.Broken;

/** The contract run on priors whose parameters are wrong in one place each. */
final class BrokenParameters {

  private BrokenParameters() {}

  static class OutsideTheBlock extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        private NDArray shift;

        @Override
        public void initialize(Start start) {
          super.initialize(start);
          shift = start.manager().randomNormal(new Shape(latentSize()));
        }

        @Override
        NDArray mean(Pass pass) {
          return super.mean(pass).add(shift);
        }
      };
    }
  }

  static class ParameterOfItsOwnManager extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      NDManager own = NDManager.newBaseManager();
      return new LearntGaussian(shape) {
        @Override
        NDArray start(NDManager manager, Shape of) {
          return super.start(own, of);
        }
      };
    }
  }

  static class UnseededStart extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray start(NDManager manager, Shape of) {
          return manager.full(of, new Random().nextFloat());
        }
      };
    }
  }

  static class InfiniteStart extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray start(NDManager manager, Shape of) {
          return manager.zeros(of).log();
        }
      };
    }
  }

  static class NamesChange extends Broken {
    private int made;

    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape, "mean" + made++);
    }
  }
}
