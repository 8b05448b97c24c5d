package org.largevae.core.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.files.OutputException;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.OneLevelVae;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.testing.LinearGaussian;

class RunFolderTest {
  @TempDir Path temporary;

  @Test
  void missingAndEmptyFoldersAreFree() {
    assertThatCode(() -> RunFolder.requireFree(temporary)).doesNotThrowAnyException();
    Path missing = temporary.resolve("a/b");
    assertThatCode(() -> RunFolder.requireFree(missing)).doesNotThrowAnyException();
    assertThat(missing).doesNotExist();
  }

  @Test
  void folderOfAnotherRunIsRefused() throws IOException {
    Files.writeString(temporary.resolve("model.json"), "");
    assertThatThrownBy(() -> RunFolder.requireFree(temporary))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(temporary + ": holds another run")
        .hasMessageContaining("or resume it");
  }

  @Test
  void folderOfOtherThingsIsRefused() throws IOException {
    Files.writeString(temporary.resolve("thesis.tex"), "");
    assertThatThrownBy(() -> RunFolder.requireFree(temporary))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is not empty and holds no run");
  }

  @Test
  void fileIsRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("x"), "");
    assertThatThrownBy(() -> RunFolder.requireFree(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> RunFolder.requireUsable(file.resolve("run")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("cannot be used as output folder");
  }

  @Test
  void secondHolderIsToldWhoHasTheFolderAndTheLockEndsWithIt() {
    try (RunFolder first = RunFolder.open(temporary)) {
      assertThat(first.path()).isEqualTo(temporary);
      assertThatThrownBy(() -> RunFolder.open(temporary))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
    }
    assertThat(temporary.resolve(".lock")).isEmptyFile();
    RunFolder.requireFree(temporary);
    RunFolder.open(temporary).close();
  }

  @Test
  void lockOfADeadProcessDoesNotBlock() throws IOException {
    Files.writeString(temporary.resolve(".lock"), "process 1\n");
    assertThatCode(() -> RunFolder.requireFree(temporary)).doesNotThrowAnyException();
    RunFolder.open(temporary).close();
  }

  @Test
  void whatAProcessLeftThatWasKilledBeforeItsRunBeganIsNoObstacle() throws IOException {
    Files.writeString(temporary.resolve(".lock"), "process 1\n");
    Files.writeString(temporary.resolve(".model.json.tmp"), "expe");
    assertThatCode(() -> RunFolder.requireFree(temporary)).doesNotThrowAnyException();
  }

  @Test
  void folderThatCannotBeWrittenIsRefused() throws IOException {
    Path closed = Files.createDirectory(temporary.resolve("closed"));
    assumeThat(closed.toFile().setWritable(false)).isTrue();
    // root may write everywhere
    assumeThat(Files.isWritable(closed)).isFalse();
    assertThatThrownBy(() -> RunFolder.requireUsable(closed.resolve("a/b")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(closed + " cannot be written; name another folder");
  }

  /** Linux' device on which every write fails as on a full disk. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void rowForWhichThereIsNoRoomIsToldWithWhatIsKept() throws IOException {
    EpochMetrics epoch = new EpochMetrics(1, 0.5, 3.25, -3, 0.5, 2.5, -2, 0.5, 1.25);
    try (RunFolder folder = RunFolder.open(temporary)) {
      begin(folder);
      Files.createSymbolicLink(temporary.resolve("metrics.csv"), Path.of("/dev/full"));
      assertThatThrownBy(() -> folder.appendMetrics(epoch))
          .isInstanceOfSatisfying(
              OutputException.class, failure -> assertThat(failure.isResumable()).isTrue())
          .hasMessageContaining("metrics.csv: cannot be written: No space left on device")
          .hasMessageContaining("there is no checkpoint yet");
      Files.createDirectories(temporary.resolve("checkpoints/epoch-000001-step-000000007"));
      assertThatThrownBy(() -> folder.appendMetrics(epoch))
          .hasMessageContaining("the checkpoint epoch-000001-step-000000007 is kept");
    }
  }

  private static void begin(RunFolder folder) {
    OneLevelVae vae = LinearGaussian.vae(0);
    try (ParameterizedModel model =
        ModelFactory.forLoading(vae, ModelFactory.classNames(vae), Device.cpu())) {
      folder.begin(ModelDescription.ofTraining(model, new JsonObject()));
    }
  }

  /** They would pass for those of the run that is begun now. */
  @Test
  void resultsOfAnotherRunAreRemovedWhenOneBegins() throws IOException {
    try (RunFolder folder = RunFolder.open(temporary)) {
      begin(folder);
      folder.write("results.json", "{}");
      begin(folder);
      assertThat(temporary.resolve("results.json")).exists();
      folder.write("model.json", "{}");
      begin(folder);
      assertThat(temporary.resolve("results.json")).doesNotExist();
    }
  }

  @Test
  void metricsAreWrittenInPlainNumbersWhateverTheLocale() throws IOException {
    Locale before = Locale.getDefault();
    try (RunFolder folder = RunFolder.open(temporary)) {
      Locale.setDefault(Locale.GERMANY);
      EpochMetrics epoch = new EpochMetrics(1, 0.5, 3.25, -3, 0.5, 2.5, -2, 0.5, 1.25);
      folder.writeMetrics(List.of(epoch), 1);
      folder.appendMetrics(new EpochMetrics(2, 1, 3.25, -3, 0.25, 2.5, -2, 0.5, 1234.5));
      assertThat(Files.readAllLines(temporary.resolve("metrics.csv")))
          .containsExactly(
              "epoch,beta,training-loss,training-reconstruction,training-kl,"
                  + "validation-loss,validation-reconstruction,validation-kl,seconds",
              "1,0.5,3.25,-3.0,0.5,2.5,-2.0,0.5,1.250",
              "2,1.0,3.25,-3.0,0.25,2.5,-2.0,0.5,1234.500");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void failedWriteLeavesTheOldFile() throws IOException {
    try (RunFolder folder = RunFolder.open(temporary)) {
      folder.write("results.json", "old");
      // a folder where the temporary file should go makes the write fail
      Files.createDirectories(temporary.resolve(".results.json.tmp/x"));
      assertThatThrownBy(() -> folder.write("results.json", "new"))
          .isInstanceOf(OutputException.class)
          .hasMessageContaining("results.json: cannot be written");
      assertThat(temporary.resolve("results.json")).hasContent("old");
    }
  }
}
