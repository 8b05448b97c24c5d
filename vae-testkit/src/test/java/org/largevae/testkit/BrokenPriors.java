package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.largevae.api.component.NoSettings;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Draw;
import org.largevae.api.distribution.Noise;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;
import org.largevae.api.tensor.Tensors;

/** The contract run on priors that are wrong in one place each. */
final class BrokenPriors {

  private BrokenPriors() {}

  /** Runs the contract on one prior. */
  abstract static class Broken extends PriorContract {
    abstract Prior prior(ModelShape shape);

    @Override
    protected boolean isRegistered() {
      return false;
    }

    @Override
    protected PriorProvider<?> provider() {
      return new PriorProvider<>(
          "broken", "For tests", NoSettings.class, (none, shape) -> prior(shape)) {};
    }
  }

  static class WrongShape extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Moments moments) {
          return super.logProb(z, moments).expandDims(-1);
        }
      };
    }
  }

  static class Underflow extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Moments moments) {
          return super.logProb(z, moments).exp().log();
        }
      };
    }
  }

  static class ShortSample extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray draw(NDArray noise, Moments moments) {
          return super.draw(noise, moments).expandDims(0);
        }
      };
    }
  }

  static class NotNormalised extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        double constant() {
          return 0;
        }
      };
    }
  }

  static class ConstantOfOneDimension extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        double constant() {
          return LOG_2PI;
        }
      };
    }
  }

  static class NarrowSample extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray draw(NDArray noise, Moments moments) {
          return super.draw(Tensors.multiply(noise, 0.7), moments);
        }
      };
    }
  }

  static class CorrelatedSample extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray noise(Shape shape, Pass pass, Noise noise) {
          Shape one = shape.slice(0, shape.dimension() - 1).add(1);
          return noise.normal(pass.manager(), one, DataType.FLOAT32).broadcast(shape);
        }
      };
    }
  }

  static class RowsMixed extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Moments moments) {
          NDArray right = super.logProb(z, moments);
          return right.add(right.max().sub(right.get(0)));
        }
      };
    }
  }

  static class ScalarOperand extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        @SuppressForbidden
        NDArray logProb(NDArray z, Moments moments) {
          return super.logProb(z, moments).add(z.mul(3).sub(Tensors.multiply(z, 3)).sum());
        }
      };
    }
  }

  static class CutByCast extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Moments moments) {
          return super.logProb(z.toType(DataType.FLOAT64, false), moments);
        }
      };
    }
  }

  static class CutByCopy extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray mean(Pass pass) {
          return super.mean(pass).duplicate();
        }
      };
    }
  }

  static class OwnRandom extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray noise(Shape shape, Pass pass, Noise noise) {
          return javaNoise(pass, shape, new Random());
        }
      };
    }
  }

  /** The engine's random numbers, whatever the Noise. */
  static class IgnoresNoise extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray noise(Shape of, Pass pass, Noise noise) {
          return pass.manager().randomNormal(of);
        }
      };
    }
  }

  static class OwnSeed extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray noise(Shape shape, Pass pass, Noise noise) {
          return javaNoise(pass, shape, new Random(5));
        }
      };
    }
  }

  private static NDArray javaNoise(Pass pass, Shape shape, Random random) {
    double[] values = new double[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Arrays64.create(pass.manager(), values, shape, DataType.FLOAT32);
  }

  static class OwnManager extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      NDManager own = NDManager.newBaseManager();
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Moments moments) {
          return own.zeros(new Shape()).add(super.logProb(z, moments));
        }
      };
    }
  }

  static class Leak extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray mean(Pass pass) {
          NDArray cached = super.mean(pass).add(0);
          NDScope.unregister(cached);
          return cached;
        }
      };
    }
  }

  static class ClosesItsInput extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Moments moments) {
          try (z) {
            return super.logProb(z, moments);
          }
        }
      };
    }
  }

  static class KeepsAnArray extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        private NDArray precision;

        @Override
        NDArray logVariance(Pass pass) {
          if (precision == null) {
            precision = super.logVariance(pass).add(0);
          }
          return precision;
        }
      };
    }
  }

  static class SampleOfItsOwnManager extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      NDManager own = NDManager.newBaseManager();
      return new LearntGaussian(shape) {
        @Override
        NDArray noise(Shape of, Pass pass, Noise noise) {
          return noise.normal(own, of, DataType.FLOAT32);
        }
      };
    }
  }

  static class OtherEachTime extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Moments moments) {
          NDArray right = super.logProb(z, moments);
          return right.add(moments.pass.manager().randomNormal(right.getShape()));
        }
      };
    }
  }

  static class OtherLogProbOfDraws extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        Draw carried(Draw draw) {
          return new Draw(draw.value(), draw.logProb().add(1));
        }
      };
    }
  }

  static class OtherMean extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray average(NDArray right) {
          return right.add(0.2);
        }
      };
    }
  }

  static class MapLeavesAParameter extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray changed(NDArray parameter, UnaryOperator<NDArray> change) {
          return parameter;
        }
      };
    }
  }

  static class MapForgets extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray changed(NDArray parameter, UnaryOperator<NDArray> change) {
          return change.apply(parameter.zerosLike());
        }
      };
    }
  }

  static class PointsOutOfBounds extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        public Optional<NDArray> pseudoInputs(Pass pass) {
          return Optional.of(pass.manager().ones(new Shape(4, shape.dimensions())).add(0.5));
        }
      };
    }
  }
}
