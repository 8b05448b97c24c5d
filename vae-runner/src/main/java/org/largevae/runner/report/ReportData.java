package org.largevae.runner.report;

import java.util.List;
import java.util.Map;
import org.largevae.api.data.DataShape;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.Results;

/**
 * All that the figures and the report of one run show. Every picture is D values, channel by
 * channel, row by row; where originals leave [0, 1], all pictures are drawn over their range.
 *
 * @param name the experiment's name
 * @param shape the shape of an example
 * @param results the measured results
 * @param epochs metrics of every epoch, in order
 * @param testNegativeLogLikelihoods -log p(x) of each test example, in nats
 * @param generated decoded draws from the prior
 * @param means whether what is decoded are means of p(x|z), else draws from it
 * @param originals test examples
 * @param reconstructions of {@code originals}, in the same order
 * @param pseudoInputs the prior's points in data space; empty for a prior without
 * @param configuration the resolved configuration, as HOCON
 * @param provenance what is needed to repeat the run, by name, in the order to show
 */
public record ReportData(
    String name,
    DataShape shape,
    Results results,
    List<EpochMetrics> epochs,
    double[] testNegativeLogLikelihoods,
    List<float[]> generated,
    boolean means,
    List<float[]> originals,
    List<float[]> reconstructions,
    List<float[]> pseudoInputs,
    String configuration,
    Map<String, String> provenance) {}
