package org.largevae.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;

class WorkloadTest {

  @Test
  void nameSaysKindDataAndPrior() {
    assertThat(Workload.parse("log-likelihood/grey/vampprior-20"))
        .isEqualTo(new Workload(Workload.Operation.LOG_LIKELIHOOD, Workload.Data.GREY, 20));
    assertThat(Workload.parse("step/binary/standard"))
        .isEqualTo(new Workload(Workload.Operation.STEP, Workload.Data.BINARY, 0));
  }

  @Test
  void standardSelectionCanBeAskedForByName() {
    assertThat(Workload.standard())
        .hasSizeGreaterThan(10)
        .allSatisfy(work -> assertThat(Workload.parse(work.name())).isEqualTo(work));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "step",
        "step/binary",
        "step/binary/vampprior",
        "step/binary/vampprior-0",
        "step/binary/vampprior-500/products",
        "Step/binary/standard",
        "step/colour/standard",
        "train/binary/standard"
      })
  void otherNamesAreRefusedWithWhatIsAllowed(String name) {
    assertThatThrownBy(() -> Workload.parse(name))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("\"" + name + "\" is no work to measure")
        .hasMessageContaining("step, log-likelihood, encode, decode, sample")
        .hasMessageContaining("binary, grey")
        .hasMessageContaining("standard or vampprior-K");
  }
}
