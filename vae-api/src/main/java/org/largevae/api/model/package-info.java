/**
 * Models: how components make p(x, z) and q(z|x), and the parts of the evidence lower bound at
 * draws of z. Training and evaluation see nothing of a model but this.
 */
package org.largevae.api.model;
