package org.largevae.core.results;

/**
 * One level of a model with several, on one partition of the data.
 *
 * @param level counted from 1, the nearest to the data
 * @param latentSize how many latents it has
 * @param kl E_q[log q(z_l | x, z above) - log p(z_l | z above)], the mean per example, in nats
 * @param activeUnits latents that vary over the examples as {@link PartitionResult#activeUnits} has
 *     it; below the top by the mean of q(z_l | x, z above) over draws of the latents above, so that
 *     what these scatter is not counted. Null for fewer than 10 examples
 */
public record LevelResult(int level, int latentSize, double kl, Integer activeUnits) {
  /** Below this a level carries next to nothing, in nats. */
  public static final double LEAST_KL = 0.1;

  /**
   * Whether the level's posterior has collapsed onto its prior.
   *
   * @return true if its KL is below {@link #LEAST_KL} or no latent is active
   */
  public boolean isCollapsed() {
    return kl < LEAST_KL || activeUnits != null && activeUnits == 0;
  }
}
