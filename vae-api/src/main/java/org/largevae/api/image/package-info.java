/**
 * Pictures as datasets and applications read them: decoding PNG and JPEG files, and bringing a
 * picture to the shape of an example. Used by large-vae's own modules.
 */
@Internal
package org.largevae.api.image;

import org.largevae.api.Internal;
