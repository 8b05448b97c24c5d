package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.component.NoSettings;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Latents;
import org.largevae.api.distribution.Noise;
import org.largevae.api.prior.ConditionalPrior;
import org.largevae.api.prior.ConditionalPriorProvider;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

/** The contract run on a right conditional prior and on ones that are wrong in one place each. */
final class BrokenConditionalPriors {

  private BrokenConditionalPriors() {}

  /** {@code N(z_l | sum_j z_j W_j + b, diag exp(tanh(v)))}, all of whose steps can be broken. */
  static class Linear implements ConditionalPrior {
    final ParameterBlock block = new ParameterBlock();
    final List<Parameter> weights = new ArrayList<>();
    private final Parameter bias;
    private final Parameter logVariance;
    private final ModelShape shape;

    Linear(ModelShape shape) {
      this.shape = shape;
      for (int size : shape.latentSizesAbove()) {
        Shape of = new Shape(size, shape.latentSize());
        String name = "weight_" + (weights.size() + 1);
        weights.add(block.add(name, of, (m, s, type) -> m.randomNormal(0, 1, s, type)));
      }
      Shape row = new Shape(shape.latentSize());
      this.bias = block.add("bias", row, (m, s, type) -> m.randomNormal(0, 1, s, type));
      this.logVariance =
          block.add("log_variance", row, (m, s, type) -> m.randomNormal(-1, 0.5f, s, type));
    }

    @Override
    public final Optional<Block> block() {
      return Optional.of(block);
    }

    @Override
    public final Density given(Latents above, Pass pass) {
      requireSizes(above);
      NDArray mean = pass.value(bias);
      for (int level = 0; level < weights.size(); level++) {
        NDArray z = read(above.levels().get(level), level);
        mean = mean.add(product(z, pass.value(weights.get(level))));
      }
      NDArray logVariances = mean.zerosLike().add(pass.value(logVariance).tanh());
      return density(new DiagonalGaussian(mean, logVariances));
    }

    void requireSizes(Latents above) {
      List<Integer> found =
          above.levels().stream()
              .map(z -> (int) z.getShape().get(z.getShape().dimension() - 1))
              .toList();
      if (!found.equals(shape.latentSizesAbove())) {
        throw new ShapeException(
            "latents above of the sizes " + found + ", not " + shape.latentSizesAbove());
      }
    }

    NDArray read(NDArray z, int level) {
      return z;
    }

    NDArray product(NDArray z, NDArray weight) {
      return z.matMul(weight);
    }

    Density density(DiagonalGaussian right) {
      return right;
    }
  }

  /** Runs the contract on one conditional prior. */
  abstract static class Run extends ConditionalPriorContract {
    abstract ConditionalPrior conditionalPrior(ModelShape shape);

    @Override
    protected boolean isRegistered() {
      return false;
    }

    @Override
    protected ConditionalPriorProvider<?> provider() {
      return new ConditionalPriorProvider<>(
          "linear", "For tests", NoSettings.class, (none, shape) -> conditionalPrior(shape)) {};
    }
  }

  static class Good extends Run {
    @Override
    ConditionalPrior conditionalPrior(ModelShape shape) {
      return new Linear(shape);
    }
  }

  static class OneLevelAbove extends Good {
    @Override
    protected List<Integer> latentSizesAbove() {
      return List.of(5);
    }
  }

  /** Where there are several draws, all get the distribution of the first. */
  static class FirstDrawForAll extends Run {
    @Override
    ConditionalPrior conditionalPrior(ModelShape shape) {
      return new Linear(shape) {
        @Override
        NDArray read(NDArray z, int level) {
          return z.getShape().dimension() < 3 ? z : z.get("0:1").broadcast(z.getShape());
        }
      };
    }
  }

  /** Where there are several draws, the first alone gets a distribution. */
  static class FirstDrawOnly extends Run {
    @Override
    ConditionalPrior conditionalPrior(ModelShape shape) {
      return new Linear(shape) {
        @Override
        NDArray read(NDArray z, int level) {
          return z.getShape().dimension() < 3 ? z : z.get(0);
        }
      };
    }
  }

  static class IgnoresAll extends Run {
    @Override
    ConditionalPrior conditionalPrior(ModelShape shape) {
      return new Linear(shape) {
        @Override
        NDArray read(NDArray z, int level) {
          return z.zerosLike();
        }
      };
    }
  }

  static class IgnoresTheSecondLevel extends Run {
    @Override
    ConditionalPrior conditionalPrior(ModelShape shape) {
      return new Linear(shape) {
        @Override
        NDArray read(NDArray z, int level) {
          return level == 1 ? z.zerosLike() : z;
        }
      };
    }
  }

  static class Detached extends Run {
    @Override
    ConditionalPrior conditionalPrior(ModelShape shape) {
      return new Linear(shape) {
        @Override
        NDArray read(NDArray z, int level) {
          return z.duplicate();
        }
      };
    }
  }

  static class BatchCentred extends Run {
    @Override
    ConditionalPrior conditionalPrior(ModelShape shape) {
      return new Linear(shape) {
        @Override
        NDArray read(NDArray z, int level) {
          int axis = z.getShape().dimension() - 2;
          return z.sub(Tensors.multiply(z.mean(new int[] {axis}, true), 0.5));
        }
      };
    }
  }

  static class ScalarOperand extends Run {
    @Override
    ConditionalPrior conditionalPrior(ModelShape shape) {
      return new Linear(shape) {
        @Override
        @SuppressForbidden
        NDArray read(NDArray z, int level) {
          return z.mul(0.5);
        }
      };
    }
  }

  static class AnySize extends Run {
    @Override
    ConditionalPrior conditionalPrior(ModelShape shape) {
      return new Linear(shape) {
        @Override
        void requireSizes(Latents above) {}

        @Override
        NDArray product(NDArray z, NDArray weight) {
          // the engine's own complaint is none that helps
          return super.product(z, weight);
        }
      };
    }
  }

  static class Unbounded extends Run {
    @Override
    ConditionalPrior conditionalPrior(ModelShape shape) {
      return new Linear(shape) {
        @Override
        Density density(DiagonalGaussian right) {
          NDArray scales = Tensors.multiply(right.mean().square(), 10);
          return new DiagonalGaussian(right.mean(), scales);
        }
      };
    }
  }

  static class WideDraws extends Run {
    @Override
    ConditionalPrior conditionalPrior(ModelShape shape) {
      return new Linear(shape) {
        @Override
        Density density(DiagonalGaussian right) {
          return wide(right);
        }
      };
    }

    private static Density wide(Density right) {
      return new DelegatingDensity(right) {
        @Override
        public NDArray sample(Shape leading, Noise noise) {
          NDArray deviation = right.sample(leading, noise).sub(right.mean());
          return Tensors.multiply(deviation, 1.3).add(right.mean());
        }

        @Override
        public Density map(UnaryOperator<NDArray> change) {
          return wide(right.map(change));
        }
      };
    }
  }
}
