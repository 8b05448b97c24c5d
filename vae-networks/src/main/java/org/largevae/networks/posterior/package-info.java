/**
 * Posteriors q(z|x): what an encoder's output means. Each is a class with a constructor for Java, a
 * record of its settings where it has any, and a provider by which configurations name it.
 * Distributions that priors share live in vae-api.
 */
package org.largevae.networks.posterior;
