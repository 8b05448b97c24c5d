/**
 * Writing files whole, locking folders, hashes, and the words for what goes wrong with a file. Used
 * by large-vae's own modules; a component reads its published files through {@link
 * org.largevae.api.dataset.DataFiles}.
 */
@Internal
package org.largevae.api.files;

import org.largevae.api.Internal;
