package org.largevae.runner.cli;

import com.google.inject.util.Modules;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.largevae.runner.run.ExperimentRunner;
import org.largevae.runner.training.TrainingInterruptedException;

/** A process whose training stops when asked, or does not. */
final class InterruptedTraining {

  private InterruptedTraining() {}

  /**
   * Trains.
   *
   * @param arguments {@code obedient} or {@code stubborn}
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
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    Main main =
        new Main(Modules.override(new VaeModule()).with(CommandFixture.parts(runner, null)));
    Runtime.getRuntime().exit(main.run(Surroundings.plain(out, err), "train"));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
