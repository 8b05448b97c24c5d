/**
 * Encoders q(z|x) and decoders p(x|z). Each is one interface, one provider and one line in {@code
 * META-INF/services}; any decoder can feed any likelihood.
 */
package org.largevae.api.network;
