/**
 * What an author of a component compiles against.
 *
 * <p>Start with the package of what you want to add: {@link org.largevae.api.prior}, {@link
 * org.largevae.api.likelihood}, {@link org.largevae.api.network} or {@link org.largevae.api.data}.
 * Each has an interface to implement and a provider by which {@link java.util.ServiceLoader} finds
 * it. Write tensor code with {@link org.largevae.api.tensor}, read configuration with {@link
 * org.largevae.api.config}. Training, evaluation and the command live in vae-runner, not here.
 */
package org.largevae.api;
