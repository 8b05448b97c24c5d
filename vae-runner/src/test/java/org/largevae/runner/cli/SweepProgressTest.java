package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.largevae.core.testing.FakeComponents;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.sweep.Member;
import org.largevae.runner.sweep.MemberOutcome;
import org.largevae.runner.sweep.MemberProgress;

/** What a terminal and a log show of a sweep. */
class SweepProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Member member = member("standard-seed-1");

  @Test
  void aLogGetsALineForEachTenthOfATraining() {
    SweepProgress progress =
        SweepProgress.of(new CommandEnvironment(err, err, false, 80, Path.of("runs")), false);
    progress.onStart(3, 1, 2, 1);
    for (int epoch = 0; epoch <= 100; epoch++) {
      progress.onProgress(
          List.of(new MemberProgress(member, epoch, 5, 4.5, 0.5)), 1, List.of(member("other")));
    }
    progress.onMemberEnd(outcome(MemberOutcome.State.DIVERGED, 4, "not finite"));

    List<String> lines = shown().lines().toList();
    assertThat(lines).hasSize(1 + 9 + 1);
    assertThat(lines.get(0)).isEqualTo("3 members, 1 finished before; 2 at a time, 1 thread each");
    assertThat(lines.get(1))
        .isEqualTo("standard-seed-1: epoch 10/100, validation loss 5.00, 45 s left, best 4.50");
    assertThat(lines.get(10)).isEqualTo("standard-seed-1: diverged, exit code 4, not finite [2/3]");
  }

  @Test
  void aTerminalShowsABarOverAllEpochsBelowALineForEachEnd() {
    SweepProgress progress =
        SweepProgress.of(new CommandEnvironment(err, err, true, 100, Path.of("runs")), false);
    progress.onStart(5, 0, 2, 1);
    Member second = member("vampprior-seed-1");
    List<Member> waiting = List.of(member("a"), member("b"), member("c"));
    progress.onProgress(
        List.of(
            new MemberProgress(member, 0, 0, 0, Double.NaN),
            new MemberProgress(second, 0, 0, 0, Double.NaN)),
        0,
        waiting);
    progress.onProgress(
        List.of(
            new MemberProgress(member, 50, 5, 4.5, 1),
            new MemberProgress(second, 0, 0, 0, Double.NaN)),
        0,
        waiting);
    progress.onMemberEnd(outcome(MemberOutcome.State.FAILED, 3, "no space left"));
    progress.close();

    List<String> lines = List.of(shown().split("[\r\n]+"));
    assertThat(lines)
        .contains("standard-seed-1: epoch 50/100, validation loss 5.00, 50 s left, best 4.50")
        .contains("standard-seed-1: failed, exit code 3, no space left [1/5]")
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("sweep"))
        .last()
        .asString()
        .contains("10% [", "50/500 epochs", "2 at work, 3 to come");
    assertThat(shown()).as("the bar is taken away").endsWith("\r" + " ".repeat(99) + "\r");
  }

  @Test
  void quietShowsNothing() {
    SweepProgress progress =
        SweepProgress.of(new CommandEnvironment(err, err, true, 60, Path.of("runs")), true);
    progress.onStart(5, 0, 2, 1);
    progress.onMemberEnd(outcome(MemberOutcome.State.FAILED, 3, "no space left"));

    assertThat(shown()).isEmpty();
  }

  private MemberOutcome outcome(MemberOutcome.State state, int exit, String reason) {
    return new MemberOutcome(member, Path.of("out"), state, exit, reason, Optional.empty());
  }

  private static Member member(String name) {
    Experiment experiment =
        new ExperimentLoader(FakeComponents.registry())
            .load(List.of(ConfigFactory.parseString("training.epochs = 100").root()));
    return new Member(name, experiment, experiment.config(), false);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
