package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryShortageTest {
  private static final String CPU =
      "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate memory: you"
          + " tried to allocate 8000000000000 bytes. Error code 12 (Cannot allocate memory)";
  private static final String GPU =
      "CUDA out of memory. Tried to allocate 37.25 GiB. GPU 0 has a total capacity of 79.10 GiB";

  @TempDir private Path runs;

  @Test
  void theEnginesWordsBecomeASentenceWithTheSize() {
    CommandFixture vae = CommandFixture.fake(runs, FakeRunner.failing(new EngineException(CPU)));
    assertThat(vae.run("train", "-q")).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .startsWith("vae: the engine was refused 8.0 TB of memory; make model.latent-size, ")
        .hasLineCount(1);
    assertThat(MemoryShortage.of(new EngineException(GPU)).orElseThrow())
        .startsWith("the engine was refused 37.25 GiB of the GPU's memory; make ");
  }

  @Test
  void otherFailuresAreNoShortage() {
    assertThat(MemoryShortage.of(new EngineException("shape mismatch"))).isEmpty();
    assertThat(MemoryShortage.of(new EngineException((String) null))).isEmpty();
    assertThat(MemoryShortage.of(new IllegalStateException(CPU))).isEmpty();
  }

  @Test
  void javasMemoryNamesTheOption() {
    assertThat(MemoryShortage.of(new OutOfMemoryError("Java heap space")).orElseThrow())
        .startsWith("Java's memory does not suffice, ")
        .contains("B (Java heap space); give it more with VAE_JAVA_OPTS=-Xmx");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.encoder.hidden=[1000000,1000000]",
        "model.decoder.hidden=[2000000000,2000000000]",
        "model.latent-size=2000000000"
      })
  void aModelLargerThanTheMachineIsRefusedBeforeItIsMade(String setting) {
    CommandFixture vae = CommandFixture.installed(runs);
    assertThat(vae.run("train", "-q", "--threads", "1", setting)).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .startsWith("vae: the model has ")
        .containsPattern(" parameters, which take [\\d.]+ [TPE]B with their gradients and ")
        .containsPattern(", but this machine has [\\d.]+ [GT]B of memory; make model.latent-size")
        .hasLineCount(1);
    assertThat(runs).isEmptyDirectory();
  }
}
