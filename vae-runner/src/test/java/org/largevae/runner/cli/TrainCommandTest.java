package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FolderException;
import org.largevae.api.files.OutputException;
import org.largevae.core.evaluation.NotFiniteException;
import org.largevae.core.training.DivergedException;
import org.largevae.core.training.TrainingInterruptedException;

class TrainCommandTest {
  private static final String THREADS = "ai.djl.pytorch.num_threads";

  @TempDir private Path folder;

  private final FakeRunner runner = new FakeRunner();
  private String threadsBefore;
  private Path runs;
  private CommandFixture vae;

  @BeforeEach
  void prepare() {
    threadsBefore = System.getProperty(THREADS);
    runs = folder.resolve("runs");
    vae = CommandFixture.fake(runs, runner);
  }

  /** Another test in this process may load the engine later. */
  @AfterEach
  void restoreThreads() {
    if (threadsBefore == null) {
      System.clearProperty(THREADS);
    } else {
      System.setProperty(THREADS, threadsBefore);
    }
  }

  @Test
  void withoutArgumentsTheQuickStartIsRun() {
    assertThat(vae.run("train")).isZero();

    assertThat(runner.experiment.name()).isEqualTo("digits-vampprior");
    assertThat(runner.experiment.dataset()).isEqualTo("digits");
    assertThat(runner.output).isEqualTo(runs.resolve("digits-vampprior"));
    assertThat(runner.resume).isFalse();
  }

  @Test
  void resultsGoToStandardOutputAndProgressToStandardError() {
    vae.run("train");

    assertThat(vae.out())
        .isEqualTo(
            """
            digits-vampprior: epoch 1 of 2 was the best; 30 s an epoch, 267 examples a second

                                                  test          validation
            -log p(x), nats            90.500 +- 0.250     91.500 +- 0.260
              baseline, nats                   205.750             206.500
            bits per dimension                  0.1665              0.1684
              baseline, bits                    0.3786              0.3800
            ELBO, nats                         -94.250             -95.250
            reconstruction, nats               -70.000             -71.000
            KL, nats                            24.250              24.250
            active units                            38                  38
            importance samples                     500                 100
            effective sample size                120.5                60.5
            examples                              1000                 900

            report: %s
            """
                .replace("%s", runs.resolve("digits-vampprior/report.html").toString()));
    assertThat(vae.err())
        .isEqualTo(
            """
            loading data
            training epochs 1 to 2, 10 steps each; means per example in nats
            epoch 1/2  loss 100.000  RE -90.000  KL 20.000  validation 99.000 (best)  30 s, 30 s left
            epoch 2/2  loss 98.000  RE -80.000  KL 18.000  validation 101.000  30 s, 0.0 s left
            """);
  }

  @Test
  void jsonIsWhatResultsJsonHolds() throws IOException {
    assertThat(vae.run("train", "--json", "--quiet")).isZero();

    assertThat(vae.out()).isEqualTo(Files.readString(runner.output.resolve("results.json")));
    assertThat(vae.err()).isEmpty();
  }

  @Test
  void aDryRunSaysWhatWouldBeDoneAndWritesNothing() {
    assertThat(vae.run("train", "--dry-run")).isZero();

    assertThat(vae.out())
        .isEqualTo(
            """
            data       digits, 28 x 28 = 784 values each, binary; examples: 8,000 training, 1,000 validation, 1,000 test
            model      decoder gated-mlp, prior vampprior, latent size 40; 1,234,567 parameters
            training   20 epochs of 80 steps, batch size 100; objective elbo, optimizer adam, learning rate 5.0E-4
            device     cpu, threads 2
            output     %s
            Nothing was written.
            """
                .replace("%s", runs.resolve("digits-vampprior").toString()));
    assertThat(vae.err()).isEmpty();
    assertThat(runs).doesNotExist();
    assertThat(vae.run("train", "--dry-run", "--json")).isZero();
    assertThat(vae.out()).contains("\"parameters\": 1234567", "\"optimizer\": \"adam\"");
  }

  @Test
  void aDryRunFailsAsTheRunItselfWould() {
    CommandFixture failing =
        CommandFixture.fake(runs, FakeRunner.failing(new DataException("damaged")));
    assertThat(failing.run("train", "--dry-run")).isEqualTo(ExitCode.DATA);
    assertThat(failing.err()).isEqualTo("vae: damaged\n");
    assertThat(failing.out()).isEmpty();
  }

  @Test
  void aFoldersNameCannotSteerTheTerminal() {
    String name = "a\u001b[31mb";
    assertThat(vae.run("train", "-o", folder.resolve(name).toString())).isZero();
    assertThat(vae.out()).contains("a\\u001B[31mb/report.html").doesNotContain("\u001b");
    assertThat(vae.run("train", "--dry-run", "-o", folder.resolve(name).toString())).isZero();
    assertThat(vae.out()).contains("a\\u001B[31mb\n").doesNotContain("\u001b");
  }

  @Test
  void argumentsMayAllBeOverrides() {
    assertThat(vae.run("train", "training.epochs=3", "experiment.name=mine")).isZero();

    assertThat(runner.experiment.training().epochs()).isEqualTo(3);
    assertThat(runner.output).isEqualTo(runs.resolve("mine"));
  }

  @Test
  void aFileIsRunWithOverrides() throws IOException {
    Path file = Files.writeString(folder.resolve("a=b.conf"), "model.latent-size = 7");

    assertThat(vae.run("train", file.toString(), "experiment.seed=5")).isZero();

    assertThat(runner.experiment.section("model").longInteger("latent-size")).isEqualTo(7);
    assertThat(runner.experiment.seed()).isEqualTo(5);
  }

  @Test
  void optionsForDeviceAndThreadsAreOverridesToo() {
    assertThat(vae.run("train", "--device", "gpu:1", "--threads", "3")).isZero();

    assertThat(runner.experiment.device()).isEqualTo("gpu:1");
    assertThat(runner.experiment.threads()).isEqualTo(3);
    assertThat(runner.threadsOfEngine).isEqualTo("3");
  }

  @Test
  void aTakenFolderIsPassedOver() {
    vae.run("train");
    vae.run("train");
    assertThat(runner.output).isEqualTo(runs.resolve("digits-vampprior-2"));
    vae.run("train");
    assertThat(runner.output).isEqualTo(runs.resolve("digits-vampprior-3"));
  }

  @Test
  void resumeTakesTheNewestRunOfThatName() {
    for (int run = 0; run < 11; run++) {
      vae.run("train", "-q");
    }
    vae.run("train", "-q", "experiment.name=digits-vampprior-x");

    assertThat(vae.run("train", "--resume")).isZero();

    assertThat(runner.resume).isTrue();
    assertThat(runner.output).isEqualTo(runs.resolve("digits-vampprior-11"));
  }

  @Test
  void resumeWithoutARunIsRefused() {
    assertThat(vae.run("train", "--resume")).isEqualTo(ExitCode.USAGE);

    assertThat(vae.err())
        .isEqualTo(
            "vae: --resume: there is no run "
                + runs.resolve("digits-vampprior")
                + " to resume; name its folder with --output\n");
    assertThat(runner.experiment).isNull();
  }

  @Test
  void resumeOfAFolderUsesItsOwnConfiguration() {
    Path output = folder.resolve("mine");
    vae.run("train", "model.latent-size=3", "--output", output.toString());

    assertThat(vae.run("train", "--resume", "--output", output.toString(), "training.epochs=900"))
        .isZero();

    assertThat(runner.resume).isTrue();
    assertThat(runner.output).isEqualTo(output);
    assertThat(runner.experiment.section("model").longInteger("latent-size")).isEqualTo(3);
    assertThat(runner.experiment.training().epochs()).isEqualTo(900);
  }

  @Test
  void resumeOfAFolderThatIsMissingIsRefused() {
    Path output = folder.resolve("missing");

    assertThat(vae.run("train", "--resume", "--output", output.toString()))
        .isEqualTo(ExitCode.USAGE);

    assertThat(vae.err()).isEqualTo("vae: " + output + ": there is no such folder\n");
  }

  @Test
  void anUnknownPresetIsAUsageErrorAndNothingIsWritten() {
    assertThat(vae.run("train", "digits-vamp")).isEqualTo(ExitCode.USAGE);

    assertThat(vae.err())
        .startsWith("vae: \"digits-vamp\": no such file or preset.")
        .hasLineCount(1);
    assertThat(vae.out()).isEmpty();
    assertThat(runs).doesNotExist();
  }

  @Test
  void eachFaultHasItsOwnLine() {
    assertThat(vae.run("train", "model.latent-size=-1", "foo=1")).isEqualTo(ExitCode.USAGE);

    assertThat(vae.err().lines())
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(line).startsWith("vae: ").endsWith("(from the command line)"));
  }

  @Test
  void everyKindOfFailureHasItsExitCodeAndOneSentence() {
    assertThat(failing(new ConfigurationException("bad"))).isEqualTo("2: vae: bad\n");
    assertThat(failing(new DataException("damaged"))).isEqualTo("3: vae: damaged\n");
    OutputException full = new OutputException(Path.of("x"), new IOException("full"), "kept");
    assertThat(failing(full)).isEqualTo("5: vae: x: cannot be written: full; kept\n");
  }

  @Test
  void aDivergenceSaysWhatIsKeptAndWhatToTry() {
    assertThat(
            failing(
                new DivergedException(
                    "the loss was not finite",
                    "in epoch 3, step 2",
                    DivergedException.Recovery.LAST_GOOD_WEIGHTS,
                    2,
                    false)))
        .isEqualTo(
            "4: vae: training diverged: the loss was not finite in epoch 3, step 2; the last good"
                + " weights were kept, and those of epoch 2, the best, which vae evaluate and the"
                + " others use; try a smaller training.optimizer.learning-rate in a new run,"
                + " --resume would diverge again\n");
    assertThat(
            failing(
                new DivergedException(
                    "the loss was not finite",
                    "in epoch 1, step 1",
                    DivergedException.Recovery.EARLIER_CHECKPOINT,
                    0,
                    true)))
        .isEqualTo(
            "4: vae: training diverged: the loss was not finite in epoch 1, step 1; the weights"
                + " were not saved, an earlier checkpoint is, but no epoch was finished, so there is nothing to"
                + " evaluate; look at the scale of the data: values"
                + " of size 1 train best, so standardise the columns\n");
  }

  @Test
  void anEvaluationThatOverflowsIsADivergenceToo() {
    assertThat(failing(new NotFiniteException("evaluation failed: example 7")))
        .isEqualTo(
            "4: vae: evaluation failed: example 7; the weights stay as they are; look at that"
                + " example's values, or train anew with a smaller"
                + " training.optimizer.learning-rate\n");
  }

  @Test
  void whatCanGoOnSaysHow() {
    assertThat(failing(new TrainingInterruptedException("in epoch 1 of 2", true)))
        .isEqualTo(
            "130: vae: interrupted in epoch 1 of 2; a checkpoint was kept; --resume goes on\n");
    assertThat(failing(new TrainingInterruptedException("in epoch 1 of 2", false)))
        .isEqualTo("130: vae: interrupted in epoch 1 of 2; nothing was kept\n");
    OutputException full = new OutputException(Path.of("x"), new IOException("full"), "kept", true);
    assertThat(failing(full))
        .isEqualTo("5: vae: x: cannot be written: full; kept; --resume goes on\n");
  }

  @Test
  void aFolderThatCannotBeUsedNamesTheOptions() {
    assertThat(failing(folder(FolderException.Reason.HOLDS_RUN)))
        .isEqualTo("2: vae: x: is taken; name another with --output, or go on with --resume\n");
    assertThat(failing(folder(FolderException.Reason.IN_USE)))
        .isEqualTo("2: vae: x: is taken; wait for it or name another with --output\n");
    assertThat(failing(folder(FolderException.Reason.UNUSABLE)))
        .isEqualTo("2: vae: x: is taken; name another with --output\n");
  }

  private static FolderException folder(FolderException.Reason reason) {
    return new FolderException(Path.of("x"), reason, "is taken");
  }

  @Test
  void eachLineOfAConfigurationsFaultsIsALineOfTheCommand() {
    assertThat(failing(new ConfigurationException("a = 1: bad\nb = 2: worse")))
        .isEqualTo("2: vae: a = 1: bad\nvae: b = 2: worse\n");
  }

  @Test
  void anInternalErrorNamesTheFileWithItsStackTrace() throws IOException {
    String told = failing(new IllegalStateException("broken"));

    assertThat(told)
        .startsWith(
            "1: vae: internal error: java.lang.IllegalStateException: broken (stack trace in ")
        .hasLineCount(1);
    Path file = Path.of(told.replaceAll("(?s).* in (.*)\\).*", "$1"));
    assertThat(Files.readString(file)).contains("TrainCommandTest");
    Files.delete(file);
  }

  @Test
  void aStackTraceIsShownWhereAskedFor() {
    CommandFixture failing =
        CommandFixture.fake(runs, FakeRunner.failing(new DataException("damaged")));

    assertThat(failing.run("train", "-q", "--stacktrace")).isEqualTo(ExitCode.DATA);

    assertThat(failing.err()).startsWith("vae: damaged\n").contains("\tat ", "TrainCommandTest");
  }

  @Test
  void aMistypedOptionIsOneLineWithTheNearest() {
    assertThat(vae.run("train", "--outptu", "x")).isEqualTo(ExitCode.USAGE);

    assertThat(vae.err())
        .isEqualTo(
            "vae: no such option: --outptu; did you mean --output?; see `vae train --help`\n");
  }

  private String failing(RuntimeException failure) {
    CommandFixture failing = CommandFixture.fake(runs, FakeRunner.failing(failure));
    int code = failing.run("train", "-q");
    assertThat(failing.out()).isEmpty();
    return code + ": " + failing.err();
  }
}
