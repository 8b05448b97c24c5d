package org.largevae.runner.cli;

import java.util.concurrent.Callable;

/** A subcommand of {@code vae}, made by Guice; returns the exit code. */
interface Command extends Callable<Integer> {}
