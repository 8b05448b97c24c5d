package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.NoSettings;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Noise;
import org.largevae.api.network.Posterior;
import org.largevae.api.network.PosteriorProvider;
import org.largevae.api.tensor.Tensors;

class PosteriorContractTest {

  /** Runs the contract on spherical Cauchy posteriors, perhaps broken in one place. */
  static class OnTheSphere extends PosteriorContract {
    @Override
    protected boolean isRegistered() {
      return false;
    }

    @Override
    protected LatentSpace latentSpace() {
      return LatentSpace.sphere();
    }

    /** What the posterior returns. */
    Density given(SphericalCauchy right) {
      return right;
    }

    @Override
    protected final PosteriorProvider<?> provider() {
      return new PosteriorProvider<>(
          "spherical-cauchy",
          "For tests",
          NoSettings.class,
          (none, shape) -> new Family(shape, this)) {};
    }
  }

  private record Family(ModelShape shape, OnTheSphere test) implements Posterior {
    @Override
    public long parameters() {
      return shape.latentSize();
    }

    @Override
    public Distribution of(NDArray parameters, Pass pass) {
      NDArray length =
          parameters
              .square()
              .sum(new int[] {parameters.getShape().dimension() - 1}, true)
              .add(1)
              .sqrt();
      return test.given(new SphericalCauchy(Tensors.multiply(parameters.div(length), 0.7)));
    }
  }

  static class ComparedInTheMean extends OnTheSphere {
    @Override
    protected boolean isReparameterised() {
      return false;
    }
  }

  /** Leaves out how the parameters change what is drawn but for the shift, as rejection would. */
  static class WithoutCorrection extends ComparedInTheMean {
    @Override
    Density given(SphericalCauchy cauchy) {
      return new DelegatingDensity(cauchy) {
        @Override
        public NDArray sample(Shape leading, Noise noise) {
          NDArray drawn = cauchy.sample(leading, noise).stopGradient();
          return drawn.add(cauchy.centre()).sub(cauchy.centre().stopGradient());
        }
      };
    }
  }

  @Test
  void posteriorsOnTheSpherePass() {
    ContractRun.of(OnTheSphere.class).passes(24);
    ContractRun.of(ComparedInTheMean.class).passes(24);
  }

  @Test
  void aMissingGradientCorrectionIsFound() {
    ContractRun.of(WithoutCorrection.class)
        .failsOnly(
            "gradientsOfDrawsAreUnbiased",
            "gradients of draws are biased",
            "by the score function",
            "the implicit one or add the correction");
  }
}
