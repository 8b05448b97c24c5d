/**
 * What components are installed: providers found by {@link java.util.ServiceLoader}, by kind and
 * name. Knows no implementation by class.
 */
@Internal
package org.largevae.core.registry;

import org.largevae.api.Internal;
