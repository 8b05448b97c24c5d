package org.largevae.runner.experiment;

import org.largevae.core.evaluation.EvaluationSettings;

import org.largevae.core.training.TrainingSettings;

import org.largevae.core.model.ModelSettings;

import com.typesafe.config.Config;
import org.largevae.api.config.Settings;

/**
 * A checked experiment.
 *
 * @param name names the run and its folder
 * @param seed of all randomness in training and evaluation
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
 * @param threads CPU threads of the engine, at least 1
 * @param dataset the section {@code dataset}: its {@code name}, the keys of its provider, and those
 *     of the preparation common to all
 * @param model the section {@code model}
 * @param training the section {@code training}
 * @param evaluation the section {@code evaluation}
 * @param config the whole resolved configuration, every key given
 */
public record Experiment(
    String name,
    long seed,
    String device,
    int threads,
    Settings dataset,
    ModelSettings model,
    TrainingSettings training,
    EvaluationSettings evaluation,
    Config config) {}
