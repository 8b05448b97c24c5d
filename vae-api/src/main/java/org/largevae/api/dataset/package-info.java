/**
 * Datasets as their providers give them: raw examples with their shape, the values as they were
 * read and where they came from. Splitting, binarisation and scaling are the same for all and live
 * in vae-core.
 */
package org.largevae.api.dataset;
