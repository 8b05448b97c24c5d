/**
 * Reading configuration strictly: typed values with their bounds, and errors that say which key is
 * wrong, where it was written and what is allowed. How files, presets and the command line are put
 * together is the runner's business.
 */
package org.largevae.api.config;
