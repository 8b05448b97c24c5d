package org.largevae.runner.run;

import java.util.List;
import java.util.Map;

/**
 * What a run would do.
 *
 * @param dataset its name
 * @param shape of an example, for people
 * @param dimensions D, the values of an example
 * @param kinds of the values, each once
 * @param trainingExamples how many are trained on
 * @param validationExamples how many choose the best epoch
 * @param testExamples how many are reported on
 * @param components the model's, their types by their names
 * @param latentSize M
 * @param parameters how many numbers the model's parameters hold
 * @param epochs the last one at the most
 * @param batchSize examples in a step
 * @param stepsPerEpoch optimiser steps in an epoch
 * @param objective its type
 * @param optimizer its type
 * @param learningRate the optimiser's
 * @param startFrom the folder whose weights it starts from; null where there is none
 * @param frozen the components that are not trained
 * @param device {@code cpu} or {@code gpu:N}
 * @param threads of the engine on the CPU
 * @param output the run's folder
 * @param resume whether it goes on from the folder's last checkpoint
 */
public record TrainingPlan(
    String dataset,
    String shape,
    int dimensions,
    List<String> kinds,
    int trainingExamples,
    int validationExamples,
    int testExamples,
    Map<String, String> components,
    int latentSize,
    long parameters,
    int epochs,
    int batchSize,
    int stepsPerEpoch,
    String objective,
    String optimizer,
    double learningRate,
    String startFrom,
    List<String> frozen,
    String device,
    int threads,
    String output,
    boolean resume) {}
