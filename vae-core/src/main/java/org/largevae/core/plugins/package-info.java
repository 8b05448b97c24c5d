/**
 * Plugins: jars, and folders of jars, with components of other people's. Each has a class loader of
 * its own, so that two plugins may carry different versions of a library. Which of their components
 * can be used is sorted out by {@code org.largevae.core.registry}.
 */
@Internal
package org.largevae.core.plugins;

import org.largevae.api.Internal;
