/**
 * From a provider's raw examples to what is trained on: splitting, binarisation, scaling. The same
 * for every dataset, including those of plugins. Start at {@link
 * org.largevae.core.preparation.Preparation}. Batches, shuffling between epochs and drawing anew
 * what is {@linkplain org.largevae.core.preparation.PreparedDataset#resampled resampled} are in
 * {@code org.largevae.core.data}.
 */
package org.largevae.core.preparation;
