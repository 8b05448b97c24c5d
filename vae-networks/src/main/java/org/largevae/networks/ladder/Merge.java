package org.largevae.networks.ladder;

/**
 * How a level's posterior q(z_l | x, z above) comes of what x says and what the levels above say.
 */
public enum Merge {
  /**
   * The product of what x says, {@code N(m, s^2)}, and the prior {@code p(z_l | z above)}, each
   * weighted by its precision (Sønderby et al. 2016, arXiv:1602.02282, equations 17 to 19).
   */
  PRECISION_WEIGHTED,
  /**
   * Offsets from the prior: {@code N(mu + d, (sigma s)^2)}, with d and log s^2 from both (Vahdat
   * and Kautz 2020, arXiv:2007.03898, section 3.2).
   */
  RESIDUAL,
  /** Mean and variance straight from both, side by side. */
  CONCATENATED
}
