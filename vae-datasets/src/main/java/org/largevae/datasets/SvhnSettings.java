package org.largevae.datasets;

import org.largevae.api.config.Setting;

/**
 * The settings of {@link SvhnProvider}.
 *
 * @param extra whether the 531,131 further training pictures are read too
 */
public record SvhnSettings(
    @Setting(
            value = "false",
            meaning = "whether the 531,131 easier pictures of extra_32x32.mat are read too")
        boolean extra) {}
