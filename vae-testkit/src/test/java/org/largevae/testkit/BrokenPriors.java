package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.Random;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;
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
    protected PriorProvider provider() {
      return new LearntGaussianProvider() {
        @Override
        Prior prior(ModelShape shape) {
          return Broken.this.prior(shape);
        }
      };
    }
  }

  static class WrongShape extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Pass pass) {
          return super.logProb(z, pass).expandDims(1);
        }
      };
    }
  }

  static class WrongShares extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        Optional<NDArray> shares(NDArray z, Pass pass) {
          NDArray component = logProb(z, pass).expandDims(1);
          return Optional.of(component.concat(component, 1));
        }
      };
    }
  }

  static class Underflow extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Pass pass) {
          return super.logProb(z, pass).exp().log();
        }
      };
    }
  }

  static class ShortSample extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray draw(NDArray noise, Pass pass) {
          return super.draw(noise, pass).expandDims(0);
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
        NDArray draw(NDArray noise, Pass pass) {
          return super.draw(Tensors.multiply(noise, 0.7), pass);
        }
      };
    }
  }

  static class CorrelatedSample extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray noise(int count, Pass pass) {
          return pass.manager()
              .randomNormal(new Shape(count, 1))
              .broadcast(new Shape(count, latentSize()));
        }
      };
    }
  }

  static class RowsMixed extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Pass pass) {
          NDArray right = super.logProb(z, pass);
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
        NDArray logProb(NDArray z, Pass pass) {
          return super.logProb(z, pass).add(z.mul(3).sub(Tensors.multiply(z, 3)).sum());
        }
      };
    }
  }

  static class CutByCast extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Pass pass) {
          return super.logProb(z.toType(DataType.FLOAT64, false), pass);
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
        NDArray noise(int count, Pass pass) {
          return javaNoise(pass, count, latentSize(), new Random());
        }
      };
    }
  }

  static class OwnSeed extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray noise(int count, Pass pass) {
          return javaNoise(pass, count, latentSize(), new Random(5));
        }
      };
    }
  }

  private static NDArray javaNoise(Pass pass, int count, int latentSize, Random random) {
    double[] values = random.doubles((long) count * latentSize).toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Arrays64.create(pass.manager(), values, new Shape(count, latentSize), DataType.FLOAT32);
  }

  static class OwnManager extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      NDManager own = NDManager.newBaseManager();
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Pass pass) {
          return own.zeros(new Shape()).add(super.logProb(z, pass));
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
        NDArray logProb(NDArray z, Pass pass) {
          try (z) {
            return super.logProb(z, pass);
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
