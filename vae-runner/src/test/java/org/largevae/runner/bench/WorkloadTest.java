package org.largevae.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.config.ConfigurationException;

class WorkloadTest {

  @Test
  void nameSaysKindDataPriorAndModel() {
    assertThat(Workload.parse("log-likelihood/grey/vampprior-20"))
        .isEqualTo(
            new Workload(
                Workload.Operation.LOG_LIKELIHOOD, Workload.Data.GREY, 20, Architecture.VAE));
    assertThat(Workload.parse("step/binary/standard"))
        .isEqualTo(
            new Workload(Workload.Operation.STEP, Workload.Data.BINARY, 0, Architecture.VAE));
    assertThat(Workload.parse("step/grey/standard/conv-hvae"))
        .isEqualTo(
            new Workload(Workload.Operation.STEP, Workload.Data.GREY, 0, Architecture.CONV_HVAE));
  }

  @Test
  void standardSelectionCanBeAskedForByName() {
    assertThat(Workload.standard())
        .hasSizeGreaterThan(10)
        .allSatisfy(work -> assertThat(Workload.parse(work.name())).isEqualTo(work));
  }

  @Test
  void otherModelsAreNamedAfterThePrior() {
    assertThat(Workload.parse("step/binary/standard/vae").name()).isEqualTo("step/binary/standard");
    assertThat(Workload.parse("sample/grey/vampprior-9/pixel-hvae").name())
        .isEqualTo("sample/grey/vampprior-9/pixel-hvae");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decode/grey/standard/pixel-hvae|decode does not go with pixel-hvae",
        "step/binary/standard/ladder-joint|write vampprior-K in place of standard"
      })
  void whatDoesNotGoTogetherIsRefused(String name, String message) {
    assertThatThrownBy(() -> Workload.parse(name))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
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
        "step/binary/standard/hvae/products",
        "step/binary/standard/",
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
        .hasMessageContaining("standard or vampprior-K")
        .hasMessageContaining("vae, hvae, conv-hvae, pixel-hvae, ladder, ladder-joint");
  }
}
