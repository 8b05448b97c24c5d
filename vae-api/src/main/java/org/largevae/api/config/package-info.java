/**
 * Reading configuration strictly: typed values with their bounds, and errors that say which key is
 * wrong, where it was written and what is allowed. How files, presets and the command line are put
 * together is decided in vae-runner.
 */
package org.largevae.api.config;
