/**
 * Models: how components make p(x, z) and q(z|x), and the parts of the evidence lower bound at
 * draws of z. Training and evaluation see nothing of a model but this. {@link
 * org.largevae.api.model.LevelsPass} does what all models with latents in levels have in common,
 * for models of one's own too.
 */
package org.largevae.api.model;
