/**
 * A run and its folder: creating, locking, writing files whole, checkpoints, provenance, results,
 * and opening a finished run to use its model. How the model is trained is in {@code
 * org.largevae.core.training}.
 */
@Internal
package org.largevae.runner.run;

import org.largevae.api.Internal;
