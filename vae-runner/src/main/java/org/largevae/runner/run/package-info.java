/**
 * One experiment from its configuration to its results: loading its data, putting its model
 * together, training, evaluating, figures and the report; and opening a finished run to use its
 * model. Training itself is in {@code org.largevae.core.training}, the files of a run's folder in
 * {@code org.largevae.core.folder}.
 */
@Internal
package org.largevae.runner.run;

import org.largevae.api.Internal;
