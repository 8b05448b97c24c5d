package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.largevae.api.component.Pass;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Density;
import org.largevae.api.likelihood.Likelihood;

/**
 * Independent counts of mean mu and variance {@code mu + mu^2 / theta}: {@code log p(x|z) = sum_d
 * (theta log(theta / (theta + mu)) + x log(mu / (theta + mu)) + log Gamma(x + theta) - log
 * Gamma(theta) - log x!)} (Lopez et al. 2018, doi:10.1038/s41592-018-0229-2). The decoder gives log
 * mu and log theta, each kept within +-15.
 *
 * <p>Computed in float64: the log-gamma functions cancel where theta is large, and at theta =
 * exp(15) still leave 8 digits.
 */
public final class NegativeBinomial implements Likelihood {
  private final int dimensions;

  /**
   * A likelihood.
   *
   * @param data what the examples are made of
   */
  public NegativeBinomial(DataDescription data) {
    this.dimensions = data.dimensions();
  }

  /** Two numbers a value, log mean and log inverse dispersion. */
  @Override
  public Shape parameters() {
    return new Shape(2, dimensions);
  }

  @Override
  public boolean supports(ValueKind kind) {
    return kind.equals(ValueKinds.COUNT);
  }

  @Override
  public Density of(NDArray parameters, Pass pass) {
    NDList arrays =
        ParameterArrays.split(
            parameters, dimensions, "negative binomial", "log mean", "log inverse dispersion");
    return NegativeBinomials.of(arrays.get(0), arrays.get(1));
  }
}
