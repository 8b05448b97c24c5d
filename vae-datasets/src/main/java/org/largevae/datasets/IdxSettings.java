package org.largevae.datasets;

import org.largevae.api.config.Setting;

/**
 * The settings of {@link IdxProvider}.
 *
 * @param file the path of an IDX file, packed with gzip where its name ends in {@code .gz}
 */
public record IdxSettings(@Setting(meaning = "your IDX file, .gz if packed") String file) {}
