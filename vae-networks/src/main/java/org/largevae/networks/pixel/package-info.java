/**
 * Autoregressive decoders of pictures, {@code p(x|z) = prod_i p(x_i | x_before_i, z)} over the
 * pixels in raster order. Start at {@link org.largevae.networks.pixel.PixelCnnDecoder}; {@link
 * org.largevae.networks.pixel.PixelDensity} is what both give.
 */
package org.largevae.networks.pixel;
