package org.largevae.core.results;

/**
 * How like two sets of examples are, by balls around examples that reach to their k-th nearest
 * neighbour in their own set. All are shares from 0 to 1 but {@code density}, which may exceed 1.
 *
 * @param precision the share of the drawn that lie in the ball of a real example (Kynkäänniemi et
 *     al. 2019, arXiv:1904.06991)
 * @param recall the share of the real that lie in the ball of a drawn one
 * @param density in how many real balls a drawn example lies, divided by k (Naeem et al. 2020,
 *     arXiv:2002.09797, equation 3)
 * @param coverage the share of real balls in which a drawn example lies (the same, equation 4); of
 *     two sets of one distribution about 1 - 2^-k
 */
public record Fidelity(double precision, double recall, double density, double coverage) {}
