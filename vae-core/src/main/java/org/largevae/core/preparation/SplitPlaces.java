package org.largevae.core.preparation;

/**
 * The places of each part's examples in the dataset, from 0, in the parts' order.
 *
 * @param training not copied
 * @param validation not copied
 * @param test not copied
 */
public record SplitPlaces(int[] training, int[] validation, int[] test) {}
