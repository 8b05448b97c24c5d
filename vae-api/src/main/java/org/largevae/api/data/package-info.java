/**
 * Datasets as their providers give them: raw examples with their shape, the kind of their values
 * and where they came from. Splitting, binarisation and scaling are the same for all and live in
 * vae-datasets.
 */
package org.largevae.api.data;
