package org.largevae.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.registry.ServiceRegistry;

/** At tiny sizes: whether everything is measured, not how long it takes. */
class BenchmarkTest {
  private static final BenchmarkSettings TINY = new BenchmarkSettings(0, 0, 5, 2, 3, 4);

  private final Benchmark benchmark =
      new Benchmark(new ServiceRegistry(BenchmarkTest.class.getClassLoader()), TINY);

  @ParameterizedTest
  @CsvSource({
    "step/binary/standard, 5",
    "step/grey/vampprior-3, 5",
    "log-likelihood/binary/vampprior-3, 1",
    "log-likelihood/grey/standard, 1",
    "encode/binary/standard, 500",
    "decode/grey/vampprior-3, 500",
    "sample/binary/vampprior-3, 500"
  })
  void everyKindIsMeasuredAtLeastThreeTimes(String name, int examples) {
    Timing timing = benchmark.measure(Workload.parse(name));
    assertThat(timing.work()).isEqualTo(name);
    assertThat(timing.examples()).isEqualTo(examples);
    assertThat(timing.seconds()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(Arrays.stream(timing.seconds())).allMatch(seconds -> seconds > 0 && seconds < 60);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryIsNotedFromTheThousandthStepToTheLast() {
    List<Integer> heard = new ArrayList<>();
    MemoryUse use = benchmark.memory(Workload.parse("step/binary/standard"), 1055, heard::add);
    List<Integer> steps = use.samples().stream().map(MemoryUse.Sample::step).toList();
    assertThat(steps).startsWith(1000, 1005).endsWith(1055).isEqualTo(heard);
    assertThat(use.samples()).allMatch(sample -> sample.bytes() > 50 << 20);
    assertThat(use.growth())
        .isEqualTo(use.samples().get(steps.size() - 1).bytes() - use.samples().get(0).bytes());
  }

  @Test
  void tooFewStepsForMemoryAreRefused() {
    assertThatThrownBy(
            () -> benchmark.memory(Workload.parse("step/binary/standard"), 1000, step -> {}))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("1000 steps are too few");
  }
}
