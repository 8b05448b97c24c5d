package org.largevae.priors.flow;

import org.largevae.api.prior.PriorProvider;

/** Makes {@link NeuralSplineFlow}: {@code prior { type = neural-spline-flow, bins = 8 }}. */
public final class NeuralSplineFlowProvider extends PriorProvider<NeuralSplineFlowSettings> {
  /** The name in configurations. */
  public static final String NAME = "neural-spline-flow";

  /** Found by {@link java.util.ServiceLoader}. */
  public NeuralSplineFlowProvider() {
    super(
        NAME,
        "Neural spline flow, couplings by rational-quadratic splines, exact density",
        NeuralSplineFlowSettings.class,
        NeuralSplineFlow::new);
  }
}
