/**
 * What data files hold: IDX, NumPy and MATLAB arrays, tables, PNG and JPEG images. Reads bytes and
 * files that are given; where they come from is the business of {@code
 * org.largevae.datasets.files}.
 */
@Internal
package org.largevae.datasets.format;

import org.largevae.api.Internal;
