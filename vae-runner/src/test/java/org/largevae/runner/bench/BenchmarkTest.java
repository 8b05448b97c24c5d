package org.largevae.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.registry.ServiceRegistry;

/** At tiny sizes: whether everything is measured, not how long it takes. */
class BenchmarkTest {
  private static final BenchmarkSettings TINY =
      new BenchmarkSettings(0, 0, 5, 2, 3, OptionalInt.of(4));

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
    "sample/binary/vampprior-3, 500",
    "step/binary/standard/hvae, 5",
    "step/grey/vampprior-3/conv-hvae, 5",
    "step/grey/standard/pixel-hvae, 5",
    "step/binary/standard/ladder, 5",
    "step/binary/vampprior-3/ladder-joint, 5",
    "log-likelihood/grey/vampprior-3/hvae, 1",
    "log-likelihood/binary/standard/pixel-hvae, 1",
    "log-likelihood/binary/vampprior-3/ladder-joint, 1",
    "encode/binary/standard/hvae, 500",
    "decode/binary/standard/hvae, 500",
    "decode/binary/standard/ladder, 500",
    "sample/grey/vampprior-3/pixel-hvae, 64",
    "sample/binary/vampprior-3/ladder-joint, 500"
  })
  void everyKindIsMeasuredAtLeastThreeTimes(String name, int examples) {
    Timing timing = benchmark.measure(Workload.parse(name));
    assertThat(timing.work()).isEqualTo(name);
    assertThat(timing.examples()).isEqualTo(examples);
    assertThat(timing.seconds()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(Arrays.stream(timing.seconds())).allMatch(seconds -> seconds > 0 && seconds < 60);
  }

  /** The published sizes; parameters of the paper's layers, counted by hand. */
  @ParameterizedTest
  @CsvSource({
    "step/binary/standard/hvae, 2431024",
    "step/grey/standard/hvae, 2263360",
    "step/binary/standard/conv-hvae, 2210861",
    "step/grey/standard/conv-hvae, 1827270",
    "step/binary/standard/ladder, 3765880"
  })
  void modelsHaveThePublishedSizes(String name, long parameters) {
    BenchmarkSettings published = new BenchmarkSettings(0, 0, 2, 40, 300, OptionalInt.empty());
    ServiceRegistry registry = new ServiceRegistry(BenchmarkTest.class.getClassLoader());
    Timing timing = new Benchmark(registry, published).measure(Workload.parse(name));
    assertThat(timing.parameters()).isEqualTo(parameters);
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
