/**
 * Where published files come from: the class path, the user's folders, the cache, a download.
 *
 * <p>Start at {@link org.largevae.datasets.files.StandardDataFiles}. What the files hold is read in
 * {@code org.largevae.datasets.format}; which files there are, the dataset providers say.
 */
package org.largevae.datasets.files;
