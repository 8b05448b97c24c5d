package org.largevae.core.evaluation;

/**
 * The section {@code evaluation}.
 *
 * @param importanceSamples S, samples of z for each test example, at least 1
 * @param validationImportanceSamples the same for the validation examples
 * @param batchRows how many pairs of an example and a sample are computed at once, at least 1
 */
public record EvaluationSettings(
    int importanceSamples, int validationImportanceSamples, int batchRows) {}
