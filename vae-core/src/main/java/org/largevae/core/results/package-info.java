/**
 * What a run measured, as plain values: metrics of an epoch, the evaluation of a partition, the
 * content of {@code results.json}. Nothing here computes or draws.
 */
package org.largevae.core.results;
