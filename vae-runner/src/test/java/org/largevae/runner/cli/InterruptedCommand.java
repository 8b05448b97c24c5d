package org.largevae.runner.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.util.Modules;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.largevae.core.results.Results;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.core.training.TrainingListener;
import org.largevae.runner.run.ExperimentRunner;
import org.largevae.runner.run.RunOpener;
import org.largevae.runner.run.RunRequest;
import org.largevae.runner.run.TrainingPlan;

/** A process whose training stops when asked, or does not; opening a run never ends in it. */
final class InterruptedCommand {

  private InterruptedCommand() {}

  /**
   * Runs {@code vae}.
   *
   * @param arguments {@code obedient} or {@code stubborn}, then those of {@code vae}
   */
  public static void main(String[] arguments) {
    boolean obedient = arguments[0].equals("obedient");
    ExperimentRunner runner =
        new ExperimentRunner() {
          @Override
          public Results run(
              RunRequest request, TrainingListener listener, BooleanSupplier cancelled) {
            listener.onPhase("at work");
            while (!(obedient && cancelled.getAsBoolean())) {
              Thread.onSpinWait();
            }
            throw new TrainingInterruptedException("in epoch 1 of 2", true);
          }

          @Override
          public TrainingPlan plan(RunRequest request, TrainingListener listener) {
            throw new UnsupportedOperationException("it is run");
          }
        };
    AbstractModule endless =
        new AbstractModule() {
          @Provides
          RunOpener opener() {
            CommandEnvironment.ofProcess().err().println("at work");
            while (true) {
              Thread.onSpinWait();
            }
          }
        };
    String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
    new Main(Modules.override(new VaeModule()).with(CommandFixture.parts(runner), endless))
        .runProcess(own);
  }
}
