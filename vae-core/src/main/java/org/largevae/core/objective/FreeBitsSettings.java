package org.largevae.core.objective;

import org.largevae.api.config.Setting;

/**
 * The settings of {@link FreeBitsObjective}.
 *
 * @param nats what is free in each group, in nats
 * @param per what a group is
 */
public record FreeBitsSettings(
    @Setting(
            value = "0.5",
            atLeast = 0,
            atMost = 1e6,
            meaning = "the divergence that costs nothing in each group, in nats")
        double nats,
    @Setting(
            value = "latent",
            meaning = "the groups: each latent by itself, or all latents of a level together")
        Group per) {

  /** What is free together. */
  public enum Group {
    /** Each latent; posterior and prior must be independent in each. */
    LATENT,
    /** A level of latents. */
    LEVEL
  }
}
