/**
 * What has to be known about DJL's PyTorch engine: devices, seeds, when gradients are kept, and the
 * scope that keeps them right. Nothing here knows models.
 */
@Internal
package org.largevae.core.engine;

import org.largevae.api.Internal;
