package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.component.ParameterBlock;
import org.largevae.api.component.Pass;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.objective.Loss;
import org.largevae.api.objective.Objective;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.training.TrainingInterruptedException;

/** State that training changes but no gradient does: kept, resumed, and missed where it lacks. */
class ComponentStateTest {
  @TempDir private Path temporary;

  /** A Gaussian about the running mean of the encodings of batches. */
  private static final class RunningMeanPrior implements Prior {
    private final ParameterBlock block = new ParameterBlock();
    private final Optional<Parameter> mean;

    RunningMeanPrior(boolean hasState) {
      mean =
          hasState
              ? Optional.of(block.addState("running_mean", new Shape(2), Initializer.ZEROS))
              : Optional.empty();
    }

    @Override
    public Optional<Block> block() {
      return Optional.of(block);
    }

    @Override
    public boolean dependsOnBatch() {
      return true;
    }

    @Override
    public Density distribution(PriorContext context) {
      Pass pass = context.pass();
      if (mean.isEmpty()) {
        return DiagonalGaussian.standard(pass.manager(), 2);
      }
      if (pass.isTraining()) {
        NDArray now = context.posterior(context.batch().orElseThrow().x()).mean();
        NDArray batchMean = now.stopGradient().mean(new int[] {0});
        NDArray old = pass.value(mean.get());
        pass.assign(mean.get(), Tensors.multiply(old, 0.9).add(Tensors.multiply(batchMean, 0.1)));
      }
      NDArray present = pass.value(mean.get()).duplicate();
      return new DiagonalGaussian(present, present.zerosLike());
    }
  }

  /** KL with a multiplier that grows from step to step. */
  private static final class GrowingWeight implements Objective {
    private final ParameterBlock block = new ParameterBlock();
    private final Optional<Parameter> weight;

    GrowingWeight(boolean hasState) {
      weight =
          hasState
              ? Optional.of(block.addState("weight", new Shape(1), Initializer.ONES))
              : Optional.empty();
    }

    @Override
    public Optional<Block> block() {
      return Optional.of(block);
    }

    @Override
    public Loss loss(Draws draws, double beta) {
      Bound bound = draws.bound();
      NDArray kl = bound.kl().mean();
      NDArray reconstruction = bound.reconstruction().mean();
      if (weight.isEmpty()) {
        return new Loss(kl.sub(reconstruction), reconstruction, kl);
      }
      NDArray old = draws.pass().value(weight.get()).duplicate();
      if (draws.pass().isTraining()) {
        draws.pass().assign(weight.get(), Tensors.multiply(old, 1.05));
      }
      return new Loss(kl.mul(old.squeeze(0)).sub(reconstruction), reconstruction, kl);
    }
  }

  /** A parameter that nothing would train. */
  private static final class LearntWeight implements Objective {
    private final ParameterBlock block = new ParameterBlock();

    LearntWeight() {
      block.add("temperature", new Shape(1), Initializer.ONES);
    }

    @Override
    public Optional<Block> block() {
      return Optional.of(block);
    }

    @Override
    public Loss loss(Draws draws, double beta) {
      throw new AssertionError("refused before it is asked");
    }
  }

  private static VaeTrainer trainer(boolean stateful) {
    return SmallVae.trainer(SmallVae.create(new RunningMeanPrior(stateful)))
        .objective(new GrowingWeight(stateful));
  }

  private static void interrupt(VaeTrainer trainer, Path folder, int step) {
    assertThatThrownBy(() -> trainer.folder(folder).cancelledBy(SmallVae.atStep(step)).train())
        .isInstanceOf(TrainingInterruptedException.class);
  }

  @Test
  void stateIsAssignedInTrainingAndStandsStillAfterIt() {
    try (TrainedVae trained = trainer(true).train()) {
      float[] mean = SmallVae.parameters(trained).get("prior.running_mean");
      assertThat(mean).hasSize(2).doesNotContain(0, 0);
      float[][] examples = SmallVae.examples(5, 9);
      double[] bounds = trained.elbo(examples, 3, 1);
      assertThat(trained.elbo(examples, 3, 1)).containsExactly(bounds);
      assertThat(SmallVae.parameters(trained).get("prior.running_mean")).containsExactly(mean);
    }
  }

  @Test
  void resumedTrainingEndsWithEqualWeightsAndState() throws IOException {
    Path whole = temporary.resolve("whole");
    Path parted = temporary.resolve("parted");
    Map<String, float[]> expected;
    try (TrainedVae trained = trainer(true).folder(whole).train()) {
      expected = SmallVae.parameters(trained);
    }
    // in the midst of an epoch, then in another
    interrupt(trainer(true), parted, 3);
    interrupt(trainer(true).resume(), parted, 5);
    try (TrainedVae trained = trainer(true).folder(parted).resume().train()) {
      Map<String, float[]> found = SmallVae.parameters(trained);
      assertThat(found.keySet()).isEqualTo(expected.keySet()).contains("prior.running_mean");
      found.forEach(
          (name, values) -> assertThat(values).as(name).containsExactly(expected.get(name)));
    }
    for (String file :
        new String[] {"weights.safetensors", "best.safetensors", "optimizer.safetensors"}) {
      assertThat(SmallVae.checkpoint(parted).resolve(file))
          .hasSameBinaryContentAs(SmallVae.checkpoint(whole).resolve(file));
    }
    assertThat(
            Files.readString(
                SmallVae.checkpoint(whole).resolve("optimizer.safetensors"),
                StandardCharsets.ISO_8859_1))
        .contains("objective.weight");
  }

  @Test
  void stateIsSavedWithTheBestWeights() {
    Path folder = temporary.resolve("run");
    Path saved = temporary.resolve("saved");
    float[] mean;
    try (TrainedVae trained = trainer(true).folder(folder).train()) {
      mean = SmallVae.parameters(trained).get("prior.running_mean");
      trained.save(saved);
    }
    for (Path place : new Path[] {folder, saved}) {
      try (TrainedVae opened = SmallVae.create(new RunningMeanPrior(true)).open(place, "cpu")) {
        assertThat(SmallVae.parameters(opened).get("prior.running_mean")).containsExactly(mean);
      }
    }
  }

  @Test
  void checkpointWithoutTheStateOfComponentIsRefused() {
    Path folder = temporary.resolve("run");
    interrupt(SmallVae.trainer(SmallVae.create(new RunningMeanPrior(false))), folder, 3);
    VaeTrainer resumed =
        SmallVae.trainer(SmallVae.create(new RunningMeanPrior(true))).folder(folder).resume();
    assertThatThrownBy(resumed::train)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("weights.safetensors")
        .hasMessageEndingWith("lacks the array prior.running_mean");
    assertThatThrownBy(() -> SmallVae.create(new RunningMeanPrior(true)).open(folder, "cpu"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("best.safetensors")
        .hasMessageEndingWith("lacks the array prior.running_mean");
  }

  @Test
  void checkpointWithoutTheStateOfTheObjectiveIsRefused() {
    Path folder = temporary.resolve("run");
    interrupt(SmallVae.trainer(SmallVae.create()).objective(new GrowingWeight(false)), folder, 3);
    VaeTrainer resumed =
        SmallVae.trainer(SmallVae.create())
            .objective(new GrowingWeight(true))
            .folder(folder)
            .resume();
    assertThatThrownBy(resumed::train)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("optimizer.safetensors")
        .hasMessageEndingWith("lacks the array objective.weight");
  }

  @Test
  void objectiveIsUsedAgainFromItsStart() {
    Objective objective = new GrowingWeight(true);
    Map<String, float[]> first;
    try (TrainedVae trained = SmallVae.trainer(SmallVae.create()).objective(objective).train()) {
      first = SmallVae.parameters(trained);
    }
    try (TrainedVae trained = SmallVae.trainer(SmallVae.create()).objective(objective).train()) {
      SmallVae.parameters(trained)
          .forEach((name, values) -> assertThat(values).as(name).containsExactly(first.get(name)));
    }
  }

  @Test
  void objectiveHasNoTrainedParameters() {
    Path folder = temporary.resolve("run");
    VaeTrainer trainer =
        SmallVae.trainer(SmallVae.create()).objective(new LearntWeight()).folder(folder);
    assertThatThrownBy(trainer::train)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "objective.temperature: an objective has no parameters that are trained; make it"
                + " state");
    assertThat(folder).doesNotExist();
  }
}
