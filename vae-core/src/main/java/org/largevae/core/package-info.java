/**
 * The library for applications. Start at {@link org.largevae.core.Vae}: it puts components together
 * and gives a {@link org.largevae.core.VaeTrainer}, which trains a model on data in memory, and it
 * opens a saved model or a run's folder as a {@link org.largevae.core.TrainedVae}, which encodes,
 * decodes, samples and scores. {@link org.largevae.core.VaeImages} does the same for pictures,
 * {@link org.largevae.core.VaeTensors} for DJL's arrays.
 *
 * <p>None of it needs the command, Guice or a configuration file. What it is made of lives in the
 * packages below, none of which knows this one. Experiments, reports and sweeps are in {@code
 * org.largevae.runner}.
 */
package org.largevae.core;
