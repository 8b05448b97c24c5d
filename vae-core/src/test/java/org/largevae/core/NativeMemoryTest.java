package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.core.testing.TinyData;

/** What is opened and closed leaves nothing in the engine's memory, which Java does not collect. */
class NativeMemoryTest {
  private static final long MEGABYTE = 1 << 20;

  @TempDir Path temporary;

  @Test
  void noArrayIsLeftAfterUse() {
    float[][] examples = TinyData.BINARY.rows(3, 1);
    Path run = temporary.resolve("run");
    TinyRuns.train(run, TinyData.BINARY).close();
    try (NDManager any = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDManager system = any.getParentManager();
      int before = system.getManagedArrays().size();
      useAll(run, examples);
      TinyVaes.train(TinyData.BINARY).close();
      assertThat(system.getManagedArrays()).hasSize(before);

      try (TrainedVae vae = TrainedVae.open(run)) {
        vae.logLikelihood(examples, 5, 1);
        int open = system.getManagedArrays().size();
        for (int i = 0; i < 20; i++) {
          vae.logLikelihood(examples, 5, 1);
          vae.encodeSample(examples, 1);
          vae.sample(3, 1);
        }
        assertThat(system.getManagedArrays()).as("calls leave no arrays").hasSize(open);
      }
    }
  }

  @Test
  @Tag("slow")
  @EnabledOnOs(OS.LINUX)
  void thousandModelsOpenedAndClosedLeaveMemoryFlat() throws IOException {
    float[][] examples = TinyData.BINARY.rows(3, 1);
    Path run = temporary.resolve("run");
    // 8 MB of weights: a leak of one model would show a hundredfold
    String large = "model { encoder.hidden = [700], decoder.hidden = [700, 700] }";
    TinyRuns.train(run, TinyData.BINARY, large).close();
    for (int i = 0; i < 100; i++) {
      useAll(run, examples);
    }
    long before = residentBytes();
    for (int i = 0; i < 1000; i++) {
      useAll(run, examples);
    }
    assertThat(residentBytes() - before).isLessThan(100 * MEGABYTE);
  }

  private static void useAll(Path run, float[][] examples) {
    try (TrainedVae vae = TrainedVae.open(run)) {
      vae.reconstruct(examples);
      vae.encodeSample(examples, 1);
      vae.sample(2, 1);
      vae.elbo(examples, 2, 1);
    }
  }

  private static long residentBytes() throws IOException {
    System.gc();
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
    return Long.parseLong(pages) * 4096;
  }
}
