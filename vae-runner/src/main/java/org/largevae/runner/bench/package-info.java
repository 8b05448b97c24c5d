/**
 * Measures what training and evaluation cost, on synthetic data: times of a step, of log p(x), of
 * encoding, decoding and sampling, and memory over many steps. Start at {@link
 * org.largevae.runner.bench.Benchmark}. What is measured is the code that {@code vae train} and
 * {@code vae evaluate} run; the comparison with plain PyTorch is in {@code vae-examples/benchmark}.
 */
package org.largevae.runner.bench;
