package org.largevae.core.registry;

import java.util.Optional;

/**
 * An installed component, for lists.
 *
 * @param kind its kind's label, for example {@code prior}
 * @param name the name by which a configuration asks for it
 * @param description one line
 * @param version the version of its jar; empty if the jar does not say
 * @param source the jar or folder it came from
 */
public record InstalledComponent(
    String kind, String name, String description, Optional<String> version, String source) {}
