/**
 * The {@code vae} command: arguments, progress, messages and exit codes, wired with Guice. The work
 * itself is done elsewhere; nothing here handles tensors.
 */
@Internal
package org.largevae.runner.cli;

import org.largevae.api.Internal;
