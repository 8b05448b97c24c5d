/**
 * An experiment's configuration: presets, files and overrides merged over the defaults that the
 * settings records state, checked strictly, and read into records. What an experiment does is in
 * {@code org.largevae.runner.run}; a run's folder is reopened from JSON, which vae-core reads.
 */
package org.largevae.runner.configuration;
