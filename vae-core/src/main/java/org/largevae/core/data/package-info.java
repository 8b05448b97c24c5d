/**
 * A partition's examples on the device: batches, a random order for each epoch, binary values that
 * are drawn anew. Reading data is the business of vae-datasets, splitting and scaling that of
 * {@code org.largevae.core.preparation}.
 */
@Internal
package org.largevae.core.data;

import org.largevae.api.Internal;
