package org.largevae.networks.ladder;

import org.largevae.networks.LinearHeads;

/**
 * A linear map to the means and log variances of M latents, shape (..., H) to (..., 2 M). A class
 * of its own, since a sequence of layers names their parameters by their classes.
 */
final class LadderHeads extends LinearHeads {

  LadderHeads(int inputs, int latentSize, double scale) {
    super(inputs, 2L * latentSize, scale);
  }
}
