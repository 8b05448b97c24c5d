/**
 * The objectives that come with the library: {@code elbo}, {@code iwae}, {@code free-bits}, {@code
 * sticking-the-landing} and {@code dreg}. The weight of KL by epoch is the training's business.
 */
package org.largevae.core.objective;
