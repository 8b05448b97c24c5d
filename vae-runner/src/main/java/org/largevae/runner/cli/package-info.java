/**
 * The {@code vae} command: arguments, progress, messages and exit codes, wired with Guice. The work
 * itself is done elsewhere; nothing here knows tensors.
 */
package org.largevae.runner.cli;
