package org.largevae.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.folder.RunFolder;
import org.largevae.core.results.Results;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.core.training.TrainingListener;
import org.largevae.runner.configuration.Experiment;

/** Runs that are interrupted, resumed, or meet another in their folder. */
class ResumedRunTest {
  @TempDir Path temporary;
  private RunFixture runs;

  @BeforeEach
  void setUp() throws IOException {
    runs = new RunFixture(temporary);
  }

  @Test
  void interruptedAndResumedRunGivesTheSameNumbers() {
    Results undisturbed = runs.run(runs.experiment(), temporary.resolve("whole"));
    Path output = temporary.resolve("cut");
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                runs.run(
                    runs.experiment(),
                    output,
                    false,
                    new TrainingListener() {},
                    () -> asked.incrementAndGet() > 6))
        .isInstanceOf(TrainingInterruptedException.class);
    assertThat(output.resolve("results.json")).doesNotExist();
    Results resumed = runs.resume(runs.experiment(), output);
    assertThat(resumed.test()).isEqualTo(undisturbed.test());
    assertThat(resumed.bestEpoch()).isEqualTo(undisturbed.bestEpoch());
  }

  @Test
  void interruptedEvaluationKeepsTheTrainingAndEndsWithTheSameNumbers() {
    Results undisturbed = runs.run(runs.experiment(), temporary.resolve("whole"));
    Path output = temporary.resolve("cut");
    AtomicBoolean evaluating = new AtomicBoolean();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onPhase(String description) {
            evaluating.compareAndSet(false, description.startsWith("evaluating"));
          }
        };
    assertThatThrownBy(() -> runs.run(runs.experiment(), output, false, listener, evaluating::get))
        .isInstanceOf(TrainingInterruptedException.class)
        .hasMessageContaining("interrupted while evaluating the validation examples")
        .hasMessageContaining("a checkpoint was kept");
    assertThat(output.resolve("results.json")).doesNotExist();
    assertThat(runs.resume(runs.experiment(), output).test()).isEqualTo(undisturbed.test());
  }

  @Test
  void runThatAnotherProcessBeganMeanwhileIsNotTakenOver() {
    Path output = temporary.resolve("run");
    TrainingListener other =
        new TrainingListener() {
          @Override
          public void onPhase(String description) {
            if (description.startsWith("loading")) {
              try {
                Files.createDirectories(output);
                Files.writeString(output.resolve("model.json"), "theirs");
              } catch (IOException failure) {
                throw new IllegalStateException(failure);
              }
            }
          }
        };
    assertThatThrownBy(() -> runs.run(runs.experiment(), output, false, other, RunFixture.NEVER))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds another run");
    assertThat(output.resolve("model.json")).hasContent("theirs");
  }

  @Test
  void folderInUseIsToldWithItsHolderBeforeAnythingIsLoaded() {
    Path output = temporary.resolve("run");
    runs.run(runs.experiment(), output);
    List<String> phases = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onPhase(String description) {
            phases.add(description);
          }
        };
    try (RunFolder held = RunFolder.open(output)) {
      for (boolean resume : new boolean[] {true, false}) {
        assertThatThrownBy(
                () -> runs.run(runs.experiment(), output, resume, listener, RunFixture.NEVER))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
      }
    }
    assertThat(phases).isEmpty();
  }

  @Test
  void resultsOfFewerEpochsDoNotPassForThoseOfALongerTraining() {
    Path output = temporary.resolve("run");
    runs.run(runs.experiment(), output);
    Experiment longer = runs.experiment("training.epochs=5");
    assertThatThrownBy(() -> runs.run(longer, output, true, new TrainingListener() {}, () -> true))
        .isInstanceOf(TrainingInterruptedException.class);
    assertThat(output.resolve("results.json")).doesNotExist();
    assertThat(output.resolve("report.html")).doesNotExist();
  }

  @Test
  void resumingGoesOnWithMoreEpochsButNotWithAnotherModel() {
    Path output = temporary.resolve("run");
    runs.run(runs.experiment(), output);
    Results longer = runs.resume(runs.experiment("training.epochs=5"), output);
    assertThat(longer.epochs()).isEqualTo(5);
    assertThat(longer.test())
        .isEqualTo(runs.run(runs.experiment("training.epochs=5"), temporary.resolve("x")).test());
    assertThatThrownBy(() -> runs.resume(runs.experiment("model.latent-size=3"), output))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("these keys differ: model.latent-size");
  }

  @Test
  void resumingEvaluatesAsItIsAskedTo() {
    Path output = temporary.resolve("run");
    Results first = runs.run(runs.experiment(), output);
    Results again = runs.resume(runs.experiment("evaluation.importance-samples=7"), output);
    assertThat(first.test().importanceSamples()).isNotEqualTo(7);
    assertThat(again.test().importanceSamples()).isEqualTo(7);
    assertThat(again.bestEpoch()).isEqualTo(first.bestEpoch());
    assertThat(again.test().activeUnits()).isEqualTo(first.test().activeUnits());
  }
}
