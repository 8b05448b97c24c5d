package org.largevae.runner.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.files.FolderLock;
import org.largevae.runner.cli.Main;

/** Sweeps whose members are true processes, which train a tiny model. */
@Timeout(300)
class SweepRunnerTest {
  private static final BooleanSupplier NEVER = () -> false;

  @TempDir private Path folder;
  private SweepFixture fixture;
  private Path output;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new SweepFixture(folder);
    output = folder.resolve("out");
  }

  @Test
  void aMemberThatDivergesIsReportedWhileTheOthersFinish() throws IOException {
    Sweep sweep = fixture.plan("axes.training.optimizer.learning-rate = [1e38, 0.01]\n");

    List<MemberOutcome> outcomes = run(sweep, new Recorder());

    assertThat(outcomes.get(0).state()).isEqualTo(MemberOutcome.State.DIVERGED);
    assertThat(outcomes.get(0).exit()).isEqualTo(4);
    assertThat(outcomes.get(0).reason()).contains("training diverged", "not finite");
    assertThat(outcomes.get(1).state()).isEqualTo(MemberOutcome.State.DONE);
    assertThat(outcomes.get(1).results()).isPresent();
    SweepSummary summary = SweepSummary.of(sweep, outcomes);
    summary.write(output);
    assertThat(summary.markdown())
        .contains("1 of 2 members have no results")
        .containsPattern("learning-rate-1e38 +\\| diverged +\\| 4 +\\| training diverged");
    assertThat(output.resolve("sweep.csv")).content().contains("diverged,4,\"training diverged");
    assertThat(output.resolve("report.html")).content().contains("diverged: training diverged");
  }

  @Test
  void finishedMembersAreNotRunAgainAndOthersOfTheSameConfigurationShareTheirRuns()
      throws IOException {
    Recorder first = new Recorder();
    List<MemberOutcome> outcomes = run(fixture.plan("axes.experiment.seed = [1]"), first);
    assertThat(outcomes).allMatch(outcome -> outcome.state() == MemberOutcome.State.DONE);
    assertThat(first.retried).isEmpty();
    assertThat(first.started).containsExactly("seed-1");

    Recorder again = new Recorder();
    List<MemberOutcome> same = run(fixture.plan("axes.experiment.seed = [1]"), again);
    assertThat(again.started).isEmpty();
    assertThat(same.get(0).results()).isEqualTo(outcomes.get(0).results());

    // under another name the run is still the same
    Recorder renamed = new Recorder();
    run(fixture.plan("sweep.prefix = other\naxes.experiment.seed = [1, 2]"), renamed);
    assertThat(renamed.started).containsExactly("other-seed-2");
    assertThat(output.resolve("other-seed-1")).doesNotExist();
  }

  @Test
  void aLongerTrainingGoesOnFromAShorterOne() throws IOException {
    run(fixture.plan("", "training.epochs=2"), new Recorder());
    Recorder longer = new Recorder();

    List<MemberOutcome> outcomes = run(fixture.plan("", "training.epochs=4"), longer);

    assertThat(longer.resumed).containsExactly("run");
    assertThat(outcomes.get(0).results().orElseThrow().epochs()).isEqualTo(4);
    assertThatThrownBy(() -> run(fixture.plan("", "training.epochs=3"), new Recorder()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds a run of another experiment: training.epochs (4, now 3)");
  }

  @Test
  void anInterruptedSweepEndsWithTheNumbersOfAnUndisturbedOne() throws IOException {
    String axes = "axes.model.prior.type = [standard, vampprior]";
    String epochs = "training.epochs=120";
    Sweep sweep = fixture.plan(axes, epochs);
    AtomicBoolean cancelled = new AtomicBoolean();
    Recorder recorder =
        new Recorder() {
          @Override
          public void onProgress(List<MemberProgress> running, int ended, List<Member> waiting) {
            cancelled.compareAndSet(false, running.stream().anyMatch(a -> a.epoch() > 2));
          }
        };

    List<MemberOutcome> interrupted =
        fixture.runner().run(sweep.members(), settings(1), recorder, cancelled::get);
    assertThat(interrupted.get(0).state())
        .isIn(MemberOutcome.State.INTERRUPTED, MemberOutcome.State.DONE);
    assertThat(interrupted.get(1).state()).isEqualTo(MemberOutcome.State.NOT_RUN);
    assertThat(interrupted.get(1).reason()).isEqualTo("not begun");

    List<MemberOutcome> resumed =
        fixture.runner().run(sweep.members(), settings(1), new Recorder(), NEVER);
    Path other = folder.resolve("undisturbed");
    SweepRunner.Options undisturbed = new SweepRunner.Options(other, 1, List.of());
    List<MemberOutcome> reference =
        fixture.runner().run(sweep.members(), undisturbed, new Recorder(), NEVER);

    assertThat(withoutTimes(sweep, resumed)).isEqualTo(withoutTimes(sweep, reference));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aKilledMemberIsStartedOnceMoreAndFinishes() throws IOException {
    Sweep sweep = fixture.plan("", "training.epochs=60");
    AtomicBoolean first = new AtomicBoolean(true);
    Recorder recorder = new Recorder();
    recorder.onStart =
        process -> {
          if (first.getAndSet(false)) {
            ProcessHandle.of(process).orElseThrow().destroyForcibly();
          }
        };

    List<MemberOutcome> outcomes = run(sweep, recorder);

    assertThat(recorder.retried).containsExactly("run: ended by signal 9");
    assertThat(outcomes.get(0).state()).isEqualTo(MemberOutcome.State.DONE);
    assertThat(outcomes.get(0).results().orElseThrow().epochs()).isEqualTo(60);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aMemberThatIsKilledAgainAndAgainIsReported() throws IOException {
    Recorder recorder = new Recorder();
    recorder.onStart = process -> ProcessHandle.of(process).orElseThrow().destroyForcibly();

    List<MemberOutcome> outcomes = run(fixture.plan(""), recorder);

    assertThat(outcomes.get(0).state()).isEqualTo(MemberOutcome.State.KILLED);
    assertThat(outcomes.get(0).exit()).isEqualTo(137);
    assertThat(outcomes.get(0).reason()).isEqualTo("ended twice by signal 9");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aMemberThatIsKilledAfterItsResultsIsFinished() throws IOException {
    List<String> words = new ArrayList<>(List.of("sh", "-c", "\"$@\"; kill -KILL $$", "sh"));
    words.addAll(JavaCommand.ofThisProcess(Main.class).words());
    SweepRunner runner = new SweepRunner(fixture.loader(), new JavaCommand(words));
    Recorder recorder = new Recorder();

    List<MemberOutcome> outcomes =
        runner.run(fixture.plan("").members(), settings(1), recorder, NEVER);

    assertThat(recorder.retried).isEmpty();
    assertThat(recorder.started).containsExactly("run");
    assertThat(outcomes.get(0).state()).isEqualTo(MemberOutcome.State.DONE);
    assertThat(outcomes.get(0).exit()).isZero();
    assertThat(outcomes.get(0).results().orElseThrow().epochs()).isEqualTo(3);
  }

  @Test
  void aMemberThatCannotStartIsReported() throws IOException {
    SweepRunner runner =
        new SweepRunner(fixture.loader(), new JavaCommand(List.of("/nowhere/java")));

    List<MemberOutcome> outcomes =
        runner.run(fixture.plan("").members(), settings(1), new Recorder(), NEVER);

    assertThat(outcomes.get(0).state()).isEqualTo(MemberOutcome.State.FAILED);
    assertThat(outcomes.get(0).reason()).contains("cannot be started", "/nowhere/java");
  }

  @Test
  void twoSweepsCannotUseOneFolder() throws IOException {
    List<Member> members = fixture.plan("").members();
    try (FolderLock lock = FolderLock.of(output, ".sweep.lock", "")) {
      assertThatThrownBy(() -> fixture.runner().run(members, settings(1), new Recorder(), NEVER))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(
              "is in use by another sweep, process " + ProcessHandle.current().pid())
          .hasMessageContaining("wait for it or name another folder");
    }
    assertThat(run(fixture.plan(""), new Recorder()).get(0).state())
        .isEqualTo(MemberOutcome.State.DONE);
  }

  @Test
  void aFolderThatIsAFileOrHoldsSomethingElseIsRefused() throws IOException {
    List<Member> members = fixture.plan("").members();
    Files.createDirectories(output.resolve("run"));
    Files.writeString(output.resolve("run/notes.txt"), "mine");
    assertThatThrownBy(() -> fixture.runner().run(members, settings(1), new Recorder(), NEVER))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is not empty and holds no run");

    Path file = Files.writeString(folder.resolve("file"), "");
    SweepRunner.Options inFile = new SweepRunner.Options(file, 1, List.of());
    assertThatThrownBy(() -> fixture.runner().run(members, inFile, new Recorder(), NEVER))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("cannot be used as output folder: it is a file");
  }

  private List<MemberOutcome> run(Sweep sweep, SweepListener listener) {
    return fixture.runner().run(sweep.members(), settings(2), listener, NEVER);
  }

  private SweepRunner.Options settings(int jobs) {
    return new SweepRunner.Options(output, jobs, List.of());
  }

  /** The rows of sweep.csv but the last four columns, which are times. */
  private static List<String> withoutTimes(Sweep sweep, List<MemberOutcome> outcomes) {
    String csv = SweepCsv.of(sweep, SweepSummary.of(sweep, outcomes).groups());
    assertThat(csv.lines().findFirst().orElseThrow())
        .endsWith(
            "seconds-per-epoch,examples-per-second,seconds-per-step,"
                + "seconds-per-thousand-samples");
    return csv.lines()
        .map(
            line -> {
              String[] fields = line.split(",", -1);
              return String.join(",", Arrays.copyOf(fields, fields.length - 4));
            })
        .toList();
  }

  /** Notes what it hears. */
  private static class Recorder implements SweepListener {
    final List<String> started = new ArrayList<>();
    final List<String> resumed = new ArrayList<>();
    final List<String> retried = new ArrayList<>();
    LongConsumer onStart = process -> {};

    @Override
    public void onMemberStart(Member member, boolean goesOn, long processId) {
      started.add(member.name());
      if (goesOn) {
        resumed.add(member.name());
      }
      onStart.accept(processId);
    }

    @Override
    public void onRetry(Member member, String reason) {
      retried.add(member.name() + ": " + reason);
    }
  }
}
