package org.largevae.runner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.largevae.core.results.ComponentUse;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.results.LevelResult;
import org.largevae.core.results.NormaliserResult;
import org.largevae.core.results.PartitionResult;
import org.largevae.core.results.Results;

/** What a reader should know before trusting a run's numbers. */
public final class Findings {

  /**
   * Below this the estimate of -log p(x) depends on a handful of samples; it is then too high by
   * about 1 / (2 ESS) nats or more.
   */
  public static final double POOR_EFFECTIVE_SAMPLE_SIZE = 10;

  /**
   * Something to know about a run.
   *
   * @param warning whether the results are in doubt; otherwise a hint
   * @param title a few words
   * @param text what it means and what to do
   */
  public record Finding(boolean warning, String title, String text) {

    /**
     * The finding on one line of plain text.
     *
     * @return for example {@code warning: Few importance samples count: ...}
     */
    public String line() {
      return (warning ? "warning: " : "note: ") + (title + ": " + text).replace('\u2212', '-');
    }
  }

  private Findings() {}

  /**
   * Reads the evaluation of one partition.
   *
   * @param result the evaluation
   * @return warnings first
   */
  public static List<Finding> of(PartitionResult result) {
    List<Finding> findings = new ArrayList<>();
    if (!Double.isFinite(result.nll())) {
      findings.add(
          new Finding(
              true,
              "The likelihood is not finite",
              "At least one example has no finite \u2212log p(x), so its mean says nothing."
                  + " Look for divergence in the curves, and for data out of the likelihood's"
                  + " range."));
    }
    if (result.isWorseThanBaseline()) {
      findings.add(worseThanBaseline(result));
    }
    LikelihoodKind kind = LikelihoodKind.of(result);
    if (kind != LikelihoodKind.EXACT) {
      findings.add(notExact(kind, result.normaliser()));
    }
    if (result.isCollapsed()) {
      findings.add(
          new Finding(
              true,
              "Posterior collapse: no latent is active",
              "q(z|x) is nearly the same for every example, so the decoder works without the"
                  + " latents. A longer warm-up (training.warm-up-epochs), a weaker decoder or a"
                  + " richer prior may help."));
    }
    if (!result.isCollapsed()) {
      result.collapsedLevels().forEach(level -> findings.add(collapsed(level)));
    }
    if (result.effectiveSampleSize()
        < Math.min(POOR_EFFECTIVE_SAMPLE_SIZE, result.importanceSamples() / 2.0)) {
      findings.add(poorImportanceSampling(result));
    }
    ComponentUse use = result.componentUse();
    // fewer examples than components could not use them all
    if (use != null
        && use.components() >= 10
        && result.examples() >= use.components()
        && use.perplexity() < use.components() / 10.0) {
      findings.add(fewComponents(use));
    }
    return findings;
  }

  /**
   * Reads a run's results.
   *
   * @param results the results
   * @param epochs metrics of every epoch
   * @return findings; warnings first within each part
   */
  public static List<Finding> of(Results results, List<EpochMetrics> epochs) {
    List<Finding> findings = new ArrayList<>(of(results.test()));
    long broken = epochs.stream().filter(epoch -> !isFinite(epoch)).count();
    if (broken > 0) {
      findings.add(
          new Finding(
              true,
              Numbers.count(broken, "epoch") + " with values that are not finite",
              "The curves have gaps there. A lower learning rate may help."));
    }
    if (results.bestEpoch() == results.epochs() && results.epochs() > 1) {
      findings.add(
          new Finding(
              false,
              "The best epoch is the last",
              "The validation loss was still falling when training ended: more epochs"
                  + " (training.epochs) may improve every number here."));
    }
    if (isBetaRising(epochs)) {
      findings.add(
          new Finding(
              false,
              "The warm-up did not end",
              String.format(
                  Locale.ROOT,
                  "\u03b2, the weight of KL, had come to %s and was still rising when training ended.",
                  Numbers.rough(epochs.get(epochs.size() - 1).beta()))));
    }
    return findings;
  }

  private static boolean isBetaRising(List<EpochMetrics> epochs) {
    int last = epochs.size() - 1;
    return last > 0 && epochs.get(last).beta() > epochs.get(last - 1).beta();
  }

  private static Finding worseThanBaseline(PartitionResult result) {
    return new Finding(
        true,
        "Worse than the baseline",
        String.format(
            Locale.ROOT,
            "\u2212log p(x) is %s nats, but each value by its own distribution over the training"
                + " examples, independent of all others, has %s. The model has failed to learn, or"
                + " hardly begun: try a smaller training.optimizer.learning-rate, more epochs"
                + " (training.epochs), or data on a scale that suits the likelihood.",
            Numbers.nats(result.nll()),
            Numbers.nats(result.baseline().nll())));
  }

  private static Finding notExact(LikelihoodKind kind, NormaliserResult normaliser) {
    boolean bound = kind == LikelihoodKind.UPPER_BOUND;
    return new Finding(
        true,
        bound ? "log p(x) is only bounded" : "log p(x) is only estimated",
        bound
            ? "This prior's log p(z) is a lower bound, so \u2212log p(x) and bits per dimension are"
                + " upper bounds: the model may be better than they say."
            : "This prior's log p(z) is an estimate, so \u2212log p(x), bits per dimension and the"
                + " ELBO are estimates: the model may be better or worse than they say."
                + (normaliser == null ? "" : pessimistic(normaliser)));
  }

  private static String pessimistic(NormaliserResult normaliser) {
    return String.format(
        Locale.ROOT,
        " With the normaliser of log p(z) at its upper end \u2212log p(x) is %s nats.",
        Numbers.nats(normaliser.pessimisticNll()));
  }

  private static Finding collapsed(LevelResult level) {
    return new Finding(
        true,
        "Level " + level.level() + " has collapsed",
        String.format(
            Locale.ROOT,
            "Its KL is %s nats%s: its latents tell next to nothing of an example, and the other"
                + " levels do the work. Free bits (training.objective = { type = free-bits, per ="
                + " level }) or a longer warm-up (training.warm-up-epochs) may help where they are"
                + " not in use yet.",
            Numbers.nats(level.kl()),
            level.activeUnits() != null && level.activeUnits() == 0
                ? " and none of its latents is active"
                : ""));
  }

  private static Finding fewComponents(ComponentUse use) {
    return new Finding(
        false,
        "Few of the prior's components are in use",
        String.format(
            Locale.ROOT,
            "The examples' latents share %s of %s components, with the evenness of %s used equally;"
                + " the others cost time and do nothing. For a VampPrior, model.prior.init ="
                + " training-data may help, or fewer pseudo-inputs.",
            Numbers.count(use.used()),
            Numbers.count(use.components()),
            Numbers.rough(use.perplexity())));
  }

  private static Finding poorImportanceSampling(PartitionResult test) {
    return new Finding(
        true,
        "Few importance samples carry the weight",
        String.format(
                Locale.ROOT,
                "The median effective sample size is %s of %s, so that a handful of samples decide"
                    + " \u2212log p(x)",
                Numbers.rough(test.effectiveSampleSize()),
                Numbers.count(test.importanceSamples()))
            + ", which is then more likely too high than too low. More samples"
            + " (evaluation.importance-samples) tighten it.");
  }

  private static boolean isFinite(EpochMetrics epoch) {
    return Double.isFinite(epoch.trainingLoss())
        && Double.isFinite(epoch.trainingReconstruction())
        && Double.isFinite(epoch.trainingKl())
        && Double.isFinite(epoch.validationLoss())
        && Double.isFinite(epoch.validationReconstruction())
        && Double.isFinite(epoch.validationKl());
  }
}
