/**
 * The folder of a run or a saved model: its lock, checkpoints, weights, description and records.
 * What is trained and measured is decided elsewhere.
 */
@Internal
package org.largevae.core.folder;

import org.largevae.api.Internal;
