package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.Mixture;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Normaliser;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;
import org.largevae.testkit.BrokenPriors.Broken;

/** The contract run on priors whose draws and densities disagree in ways found in the wild. */
final class BrokenDensities {

  private BrokenDensities() {}

  /** A right mixture of three Gaussians. */
  static class Gaussians implements Prior {
    private static final int COUNT = 3;

    private final ParameterBlock block = new ParameterBlock();
    private final Parameter means;
    private final Parameter logVariances;
    private final Parameter weights;

    Gaussians(ModelShape shape) {
      Shape rows = new Shape(COUNT, shape.latentSize());
      this.means = block.add("means", rows, (m, s, t) -> m.randomNormal(0, 2, s, t));
      this.logVariances =
          block.add("log_variances", rows, (m, s, t) -> m.randomNormal(-1, 0.5f, s, t));
      this.weights =
          block.add("weights", new Shape(COUNT), (m, s, t) -> m.randomNormal(0, 0.5f, s, t));
    }

    @Override
    public Optional<Block> block() {
      return Optional.of(block);
    }

    @Override
    public final Density distribution(PriorContext context) {
      Pass pass = context.pass();
      DiagonalGaussian components =
          new DiagonalGaussian(pass.value(means), pass.value(logVariances));
      return density(components, logWeights(pass.value(weights)));
    }

    NDArray logWeights(NDArray free) {
      return free.sub(Tensors.logSumExpLast(free));
    }

    Density density(DiagonalGaussian components, NDArray logWeights) {
      return new Mixture(components, logWeights);
    }
  }

  static class GoodMixture extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new Gaussians(shape);
    }
  }

  /** The log-sum-exp before the sum over latents: a product of mixtures. */
  static class LogSumExpOfEachLatent extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new Gaussians(shape) {
        @Override
        Density density(DiagonalGaussian components, NDArray logWeights) {
          return new DelegatingDensity(new Mixture(components, logWeights)) {
            @Override
            public NDArray logProb(NDArray z) {
              int axis = z.getShape().dimension() - 1;
              NDArray each = components.logProbEach(z.expandDims(axis));
              NDArray shares = each.add(logWeights.expandDims(1));
              return Tensors.sumLast(Tensors.logSumExp(shares, axis));
            }

            @Override
            public Density map(UnaryOperator<NDArray> change) {
              return density(components.map(change), change.apply(logWeights));
            }
          };
        }
      };
    }
  }

  static class FirstComponentsOnly extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new Gaussians(shape) {
        @Override
        Density density(DiagonalGaussian components, NDArray logWeights) {
          return new DelegatingDensity(new Mixture(components, logWeights)) {
            @Override
            public NDArray sample(Shape leading, Noise noise) {
              NDManager manager = logWeights.getManager();
              NDArray first = manager.zeros(new Shape(leading.size()), DataType.INT64);
              NDArray draws = components.select(first).sample(new Shape(), noise);
              return draws.reshape(leading.addAll(event()));
            }
          };
        }
      };
    }
  }

  static class VarianceForScale extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray draw(NDArray noise, Moments moments) {
          return noise.mul(moments.logVariance.exp()).add(moments.mean);
        }
      };
    }
  }

  /** Draws A e, but has the density of A^-1 e: for A = I, its start, they are the same. */
  static class InverseLeftOut extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray start(NDManager manager, Shape of) {
          return manager.zeros(of, DataType.FLOAT32);
        }

        @Override
        NDArray logVariance(Pass pass) {
          // little near the start, as a product of layers is
          NDArray small = Tensors.power(mean(pass), 4);
          return super.logVariance(pass).sub(super.logVariance(pass)).add(small);
        }

        @Override
        NDArray draw(NDArray noise, Moments moments) {
          NDArray inverse = Tensors.multiply(moments.logVariance, -0.5).exp();
          return noise.mul(inverse).add(moments.mean);
        }
      };
    }
  }

  /** A lower bound of a log-density, lower by half a nat. */
  static class LowerBound extends Broken {
    double gap() {
      return -0.5;
    }

    @Override
    final Prior prior(ModelShape shape) {
      Density.Kind declared = kindOfDensity();
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Moments moments) {
          return super.logProb(z, moments).add(gap());
        }

        @Override
        Density.Kind kind() {
          return declared;
        }
      };
    }

    Density.Kind kindOfDensity() {
      return Density.Kind.LOWER_BOUND;
    }
  }

  static class BoundTooHigh extends LowerBound {
    @Override
    double gap() {
      return 0.5;
    }
  }

  /** A bound so low that it says nothing. */
  static class BoundTooLow extends LowerBound {
    @Override
    double gap() {
      return -5;
    }
  }

  /** A part of a mixture is at most the whole, but not if it is divided by the number in it. */
  static class DividedByTheNumberOfNeighbours extends Broken {
    @Override
    Prior prior(ModelShape shape) {
      return new Gaussians(shape) {
        @Override
        Density density(DiagonalGaussian components, NDArray logWeights) {
          return new DelegatingDensity(Mixture.uniform(components)) {
            @Override
            public NDArray logProb(NDArray z) {
              NDArray nearest = components.logProbPairwise(z);
              int axis = nearest.getShape().dimension() - 1;
              return nearest.max(new int[] {axis});
            }

            @Override
            public Kind kind() {
              return Kind.LOWER_BOUND;
            }

            @Override
            public Density map(UnaryOperator<NDArray> change) {
              return density(components.map(change), change.apply(logWeights));
            }
          };
        }
      };
    }
  }

  static class Estimate extends LowerBound {
    @Override
    Density.Kind kindOfDensity() {
      return Density.Kind.ESTIMATE;
    }
  }

  /** A density whose log Z, of 0, was estimated as too low by a tenth. */
  static class EstimatedNormaliser extends Broken {
    double margin() {
      return 0.15;
    }

    @Override
    final Prior prior(ModelShape shape) {
      return new LearntGaussian(shape) {
        @Override
        NDArray logProb(NDArray z, Moments moments) {
          return super.logProb(z, moments).add(0.1);
        }

        @Override
        Density.Kind kind() {
          return Density.Kind.ESTIMATE;
        }

        @Override
        Optional<Normaliser> normaliser() {
          return Optional.of(new Normaliser(-0.1, margin() / 4, -0.1 + margin()));
        }
      };
    }
  }

  /** The same, but with an upper end that lies below the true one. */
  static class OptimisticNormaliser extends EstimatedNormaliser {
    @Override
    double margin() {
      return 0.01;
    }
  }
}
