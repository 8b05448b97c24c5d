/**
 * The datasets that come with large-vae; each is one {@link
 * org.largevae.api.dataset.DatasetProvider} found by {@link java.util.ServiceLoader}.
 *
 * <p>A new dataset is one provider and one line in {@code META-INF/services}. Finding and
 * downloading files is in {@code org.largevae.datasets.files}, reading them in {@code
 * org.largevae.datasets.format}, splitting and binarisation, which are the same for all datasets,
 * in {@code org.largevae.core.preparation}.
 */
package org.largevae.datasets;
