/**
 * The folder of a run or a saved model: its lock, checkpoints, weights, description and records,
 * and how each of these files is written whole and read strictly. What is trained and measured is
 * decided in {@code org.largevae.core.training} and {@code org.largevae.core.evaluation}.
 */
@Internal
package org.largevae.core.folder;

import org.largevae.api.Internal;
