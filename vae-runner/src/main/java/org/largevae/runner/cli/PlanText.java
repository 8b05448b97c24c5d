package org.largevae.runner.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.largevae.runner.run.TrainingPlan;

/** What {@code vae train --dry-run} prints. */
final class PlanText {
  private static final int NAME_WIDTH = 9;

  private PlanText() {}

  /**
   * Words a plan.
   *
   * @param plan what would be done
   * @return lines
   */
  static String of(TrainingPlan plan) {
    return List.of(
            line("data", data(plan)),
            line("model", model(plan)),
            line("training", training(plan)),
            start(plan),
            line("device", device(plan)),
            line("output", plan.output() + (plan.resume() ? ", from its last checkpoint" : "")),
            "Nothing was written.")
        .stream()
        .filter(text -> !text.isEmpty())
        .map(text -> TerminalText.line(text) + "\n")
        .collect(Collectors.joining());
  }

  private static String data(TrainingPlan plan) {
    return String.format(
        Locale.ROOT,
        "%s, %s = %,d values each, %s; examples: %,d training, %,d validation, %,d test",
        plan.dataset(),
        plan.shape(),
        plan.dimensions(),
        String.join(", ", plan.kinds()),
        plan.trainingExamples(),
        plan.validationExamples(),
        plan.testExamples());
  }

  private static String model(TrainingPlan plan) {
    String components =
        plan.components().entrySet().stream()
            .map(component -> component.getKey() + " " + component.getValue())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s, latent size %,d; %,d parameters",
        components,
        plan.latentSize(),
        plan.parameters());
  }

  private static String training(TrainingPlan plan) {
    return String.format(
        Locale.ROOT,
        "%,d epochs of %,d steps, batch size %,d; objective %s, optimizer %s, learning rate %s",
        plan.epochs(),
        plan.stepsPerEpoch(),
        plan.batchSize(),
        plan.objective(),
        plan.optimizer(),
        plan.learningRate());
  }

  private static String start(TrainingPlan plan) {
    if (plan.startFrom() == null) {
      return "";
    }
    String kept =
        plan.frozen().isEmpty() ? "" : "; not trained: " + String.join(", ", plan.frozen());
    return line("start", "weights of " + plan.startFrom() + kept);
  }

  private static String device(TrainingPlan plan) {
    return plan.device() + ", threads " + plan.threads();
  }

  private static String line(String name, String text) {
    return TextColumns.pad(name, NAME_WIDTH) + text;
  }
}
