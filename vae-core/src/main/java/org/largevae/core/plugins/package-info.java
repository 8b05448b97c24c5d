/**
 * Plugins: jars, and folders of jars, with other people's components. Each has a class loader of
 * its own, so that two plugins may carry different versions of a library. Which of their components
 * can be used is decided in {@code org.largevae.core.registry}.
 */
@Internal
package org.largevae.core.plugins;

import org.largevae.api.Internal;
