/**
 * The training loop: steps in a scope that keeps gradients right, optimisers with their own state,
 * warm-up, early stopping, divergence, interruption. Checkpoints and the run's folder are in {@code
 * org.largevae.runner.run}.
 */
package org.largevae.core.training;
