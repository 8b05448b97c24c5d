/**
 * A partition's examples where they are computed on. Reading, splitting and binarising data is the
 * business of vae-datasets.
 */
@Internal
package org.largevae.core.data;

import org.largevae.api.Internal;
