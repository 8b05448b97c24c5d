package org.largevae.core.results;

/**
 * What one level of a model with several costs in one epoch: means per example, in nats.
 *
 * @param level counted from 1, the nearest to the data
 * @param training the mean of log q(z_l | x, z above) - log p(z_l | z above), over the epoch's
 *     steps; always from the draws, also where an objective has it in closed form
 * @param validation the same on the validation examples
 */
public record LevelKl(int level, double training, double validation) {}
