package org.largevae.core.evaluation;

import org.largevae.api.config.Setting;

/**
 * The section {@code evaluation}.
 *
 * @param importanceSamples S, draws of z for each test example
 * @param validationImportanceSamples the same for each validation example
 * @param batchRows how many pairs of an example and a draw are computed at once
 */
public record EvaluationSettings(
    @Setting(value = "500", atLeast = 1, meaning = "S, draws of z for each test example")
        int importanceSamples,
    @Setting(value = "100", atLeast = 1, meaning = "the same for each validation example")
        int validationImportanceSamples,
    @Setting(
            value = "2000",
            atLeast = 1,
            meaning = "how many pairs of an example and a draw are computed at once")
        int batchRows) {}
