package org.largevae.likelihoods;

import java.util.Objects;
import org.largevae.api.config.Setting;

/**
 * The settings of {@link Columns}.
 *
 * @param real what real columns are
 * @param count what counts are
 * @param gaussian of the real columns where they are Gaussian
 */
public record ColumnsSettings(
    @Setting(value = "gaussian", meaning = "the likelihood of real columns") RealColumns real,
    @Setting(value = "negative-binomial", meaning = "the likelihood of counts") CountColumns count,
    @Setting(meaning = "of real columns where they are gaussian") GaussianSettings gaussian) {

  /** Checks that nothing is left out. */
  public ColumnsSettings {
    Objects.requireNonNull(real, "real is null");
    Objects.requireNonNull(count, "count is null");
    Objects.requireNonNull(gaussian, "gaussian is null");
  }
}
