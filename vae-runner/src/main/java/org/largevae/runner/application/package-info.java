/**
 * The library for applications: {@link org.largevae.runner.application.TrainedVae} uses a trained
 * model, {@link org.largevae.runner.application.VaeTrainer} trains one on data in memory. Neither
 * needs the command, Guice or a file of configuration. What they are made of lives in the other
 * packages; nothing there knows this one.
 */
package org.largevae.runner.application;
