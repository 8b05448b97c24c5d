package org.largevae.core.preparation;

import java.util.List;

/**
 * Some examples of a file, in its order.
 *
 * @param first the place of the first of them in the file, from 0
 * @param rows B x D values in the data's own units, NaN where one is missing
 * @param identifiers B names; empty for a file without
 * @param labels B classes; empty for a file without
 */
public record ExampleBlock(
    long first, float[][] rows, List<String> identifiers, List<String> labels) {}
