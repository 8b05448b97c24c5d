package org.largevae.runner.cli;

import com.google.inject.util.Modules;
import java.util.Arrays;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.runner.run.ExperimentRunner;
import org.largevae.runner.run.RunOpener;

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
        (experiment, output, resume, listener, cancelled) -> {
          listener.onPhase("at work");
          while (!(obedient && cancelled.getAsBoolean())) {
            Thread.onSpinWait();
          }
          throw new TrainingInterruptedException("a checkpoint was kept");
        };
    RunOpener opener =
        (folder, device) -> {
          CommandEnvironment.ofProcess().err().println("at work");
          while (true) {
            Thread.onSpinWait();
          }
        };
    String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
    new Main(Modules.override(new VaeModule()).with(CommandFixture.parts(runner, opener)))
        .runProcess(own);
  }
}
