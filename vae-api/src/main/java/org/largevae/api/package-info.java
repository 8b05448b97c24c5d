/**
 * What an author of a component compiles against.
 *
 * <p>Everything random is a {@link org.largevae.api.distribution distribution}; start with the
 * package of what you want to add: {@link org.largevae.api.prior}, {@link
 * org.largevae.api.likelihood}, {@link org.largevae.api.network}, {@link org.largevae.api.model},
 * {@link org.largevae.api.objective} or {@link org.largevae.api.dataset}. Each has an interface to
 * implement and a provider by which {@link java.util.ServiceLoader} finds it. Write tensor code
 * with {@link org.largevae.api.tensor}, state a component's settings as a record with {@link
 * org.largevae.api.config}. Training, evaluation and the command live elsewhere.
 */
package org.largevae.api;
