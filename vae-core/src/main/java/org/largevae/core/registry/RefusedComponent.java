package org.largevae.core.registry;

import java.util.Optional;

/**
 * A component that was found and cannot be used.
 *
 * @param kind its kind's label, for example {@code prior}
 * @param name its name, as far as it is known
 * @param reason one sentence that says what is wrong, where, and what to do
 */
public record RefusedComponent(String kind, Optional<String> name, String reason) {}
