/**
 * An experiment's configuration: presets, files and overrides merged over the defaults of the
 * runner and of each component, checked strictly, and read into records.
 */
package org.largevae.runner.experiment;
