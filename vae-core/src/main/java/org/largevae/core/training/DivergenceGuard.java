package org.largevae.core.training;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Batch;
import org.largevae.api.model.ModelPass;
import org.largevae.core.data.BatchedExamples;
import org.largevae.core.engine.FiniteValues;
import org.largevae.core.engine.Seeds;
import org.largevae.core.evaluation.Evaluator;
import org.largevae.core.model.NotFiniteSearch;

/**
 * Ends a training whose numbers are not finite: says which part of the model gave the first, and
 * sees to it that a checkpoint holds good weights only.
 *
 * @param state as it is after the last step that was taken
 * @param seed the experiment's
 * @param samples of z for each example in a step
 * @param checkpoints keep the state
 */
record DivergenceGuard(TrainingState state, long seed, int samples, CheckpointSink checkpoints) {

  /**
   * Saves the state.
   *
   * @throws DivergedException if a value in it is not finite; then the checkpoint before is kept
   */
  void save() {
    Optional<String> bad = bad();
    if (bad.isPresent()) {
      throw exception(bad.get() + " was not finite", "after step", 0, false);
    }
    checkpoints.save(state);
  }

  /**
   * Looks at the parameters after the steps of an epoch.
   *
   * @throws DivergedException if a value is not finite
   */
  void requireGoodWeights() {
    Optional<String> bad = FiniteValues.firstOther(state.weights());
    if (bad.isPresent()) {
      throw exception("the parameter " + bad.get() + " was not finite", "after step", 0, false);
    }
  }

  /** The step's forward pass gave a term that is not finite. */
  DivergedException atTerm(String term, BatchedExamples data, long[] rows) {
    int epoch = state.position().epoch();
    int step = state.position().step() + 1;
    Optional<String> cause;
    try (Seeds.Turn turn = Seeds.begin(seed, Seeds.Purpose.STEP, epoch, step)) {
      Batch batch = data.trainingBatch(rows);
      ModelPass pass = state.model().begin(Pass.training(state.model().manager()));
      cause = new NotFiniteSearch(state.model(), pass).first(batch, samples);
    }
    return end(term + " was not finite" + cause.map(c -> " (" + c + ")").orElse(""), "step", 1);
  }

  /** The step's backward pass gave gradients without a finite norm. */
  DivergedException atGradients(List<String> names) {
    String more = names.size() == 1 ? " was" : " and those of " + (names.size() - 1) + " more were";
    return end("the gradient of " + names.get(0) + more + " too large or not a number", "step", 1);
  }

  /** The validation after an epoch gave a loss that is not finite. */
  DivergedException atValidation(BatchedExamples validation) {
    Optional<String> cause = Evaluator.firstNotFinite(state.model(), validation, seed);
    return end(
        "the validation loss was not finite" + cause.map(c -> " (" + c + ")").orElse(""),
        "after step",
        0);
  }

  /** The parameters are those of the last step taken: one with a bad gradient is never applied. */
  private DivergedException end(String what, String when, int further) {
    boolean good = bad().isEmpty();
    if (good) {
      checkpoints.save(state);
    }
    return exception(what, when, further, good);
  }

  private DivergedException exception(String what, String when, int further, boolean good) {
    int epoch = state.position().epoch();
    int step = state.position().step() + further;
    boolean saved = good && checkpoints.keeps();
    Optional<TrainingPosition> left = saved ? Optional.of(state.position()) : checkpoints.newest();
    DivergedException.Recovery kept =
        saved
            ? DivergedException.Recovery.LAST_GOOD_WEIGHTS
            : left.isPresent()
                ? DivergedException.Recovery.EARLIER_CHECKPOINT
                : DivergedException.Recovery.NOTHING;
    return new DivergedException(
        what,
        String.format(Locale.ROOT, "in epoch %d, %s %d", epoch, when, step),
        kept,
        left.map(TrainingPosition::bestEpoch).orElse(0),
        epoch == 1 && step <= 1);
  }

  private Optional<String> bad() {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    state.weights().forEach((name, array) -> arrays.put("the parameter " + name, array));
    state.bestWeights().forEach((name, array) -> arrays.put("the best epoch's " + name, array));
    state.moments().forEach((name, array) -> arrays.put("the optimiser's " + name, array));
    return FiniteValues.firstOther(arrays);
  }
}
