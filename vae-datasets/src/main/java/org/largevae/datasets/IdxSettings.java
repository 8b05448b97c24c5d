package org.largevae.datasets;

import java.util.Optional;
import org.largevae.api.config.Setting;

/**
 * The settings of {@link IdxProvider}.
 *
 * @param file the path of an IDX file, packed with gzip where its name ends in {@code .gz}
 * @param labels the path of an IDX file of N unsigned bytes, the images' classes
 */
public record IdxSettings(
    @Setting(meaning = "your IDX file, .gz if packed") String file,
    @Setting(meaning = "an IDX file with the number of each image's class, if there is one")
        Optional<String> labels) {}
