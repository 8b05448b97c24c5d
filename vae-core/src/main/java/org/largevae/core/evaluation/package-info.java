/**
 * What a trained model is worth on a partition: ELBO and its parts, importance-sampled
 * log-likelihood, active units. Results are plain values; figures are drawn elsewhere.
 */
@Internal
package org.largevae.core.evaluation;

import org.largevae.api.Internal;
