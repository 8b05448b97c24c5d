/**
 * Which components are installed: providers found by {@link java.util.ServiceLoader}, by kind and
 * name. Knows no implementation by class; jars of plugins are loaded by {@code
 * org.largevae.core.plugins}.
 */
@Internal
package org.largevae.core.registry;

import org.largevae.api.Internal;
