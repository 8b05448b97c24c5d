/**
 * The training loop: steps in a scope that keeps gradients right, optimisers with their own state,
 * warm-up, early stopping, divergence, interruption. When to save is decided here, how checkpoints
 * are written in {@code org.largevae.core.folder}.
 */
package org.largevae.core.training;
