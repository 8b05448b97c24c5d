package org.largevae.core.results;

/**
 * The content of {@code results.json}.
 *
 * @param dataset the dataset's name
 * @param prior the prior's type
 * @param likelihood the likelihood's type
 * @param latentSize M
 * @param seed the experiment's seed
 * @param epochs how many were trained
 * @param bestEpoch the epoch with the least validation loss, whose weights were evaluated
 * @param test the test partition
 * @param validation the validation partition
 * @param train the speed of training
 * @param parameters how many numbers the model's parameters hold; null in results of earlier
 *     versions
 * @param samples how examples drawn from the model compare with test examples; null where that is
 *     not measured
 */
public record Results(
    String dataset,
    String prior,
    String likelihood,
    int latentSize,
    long seed,
    int epochs,
    int bestEpoch,
    PartitionResult test,
    PartitionResult validation,
    TrainingSpeed train,
    Long parameters,
    SampleResult samples) {}
