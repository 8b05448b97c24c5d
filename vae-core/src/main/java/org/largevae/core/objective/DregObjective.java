package org.largevae.core.objective;

import ai.djl.ndarray.NDArray;
import org.largevae.api.component.NoSettings;
import org.largevae.api.distribution.Latents;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.objective.Loss;
import org.largevae.api.objective.Objective;
import org.largevae.api.tensor.Tensors;

/**
 * The negative importance-weighted bound with the doubly reparameterised gradient (Tucker et al.
 * 2019, arXiv:1810.04152, equation 8): the posterior's parameters get {@code sum_s w_s^2 (d log
 * weight_s / d z_s) (d z_s / d phi)}, everything else {@code sum_s w_s d log weight_s}, with the
 * normalised weights w. The value is that of the bound itself.
 *
 * <p>With a weight beta of KL, which multiplies the score of log q that the derivation replaces,
 * the factor {@code w^2} becomes {@code w (1 - beta + beta w)}: the same steps as in their
 * appendix.
 *
 * <p>The log weights are computed twice. The second time z carries a gradient that is scaled by
 * {@code 1 - beta + beta w}, while its value stays; the sum of the log weights, weighted by w, then
 * has the factor above on the way through z and w on every other: decoder, prior, and the encoder
 * as a VampPrior's part of p(z).
 *
 * @param settings none
 */
public record DregObjective(NoSettings settings) implements Objective {

  /** The objective, which has no settings. */
  public DregObjective() {
    this(new NoSettings());
  }

  @Override
  public Loss loss(Draws draws, double beta) {
    Bound bound = draws.bound();
    NDArray first = DetachedPosterior.logWeight(bound, beta, DregProvider.NAME).stopGradient();
    NDArray weights = first.softmax(0);
    NDArray z = draws.latents().lowest();
    NDArray fixed = z.stopGradient();
    // exactly z in value; toType cuts a gradient that is not wanted
    NDArray factor = Tensors.multiply(weights, beta).add(1 - beta);
    NDArray scale = factor.toType(z.getDataType(), false).expandDims(2);
    NDArray scaled = fixed.add(z.sub(fixed).mul(scale));
    Bound again = draws.boundAt(Latents.of(scaled));
    NDArray logWeight = DetachedPosterior.logWeight(again, beta, DregProvider.NAME);
    NDArray surrogate = logWeight.mul(weights).sum(new int[] {0}).mean().neg();
    NDArray value = IwaeObjective.bound(first).mean().neg();
    return new Loss(
        surrogate.sub(surrogate.stopGradient()).add(value),
        bound.reconstruction().mean(),
        bound.kl().mean());
  }
}
