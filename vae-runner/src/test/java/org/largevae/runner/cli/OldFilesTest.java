package org.largevae.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.files.Sha256;
import org.largevae.core.testing.ImageFolder;

/** What earlier versions wrote, or plugins built against them, is refused with one sentence. */
class OldFilesTest {
  private static final String SERVICE = "org.largevae.api.prior.PriorProvider";

  @TempDir private Path folder;
  private CommandFixture vae;

  @BeforeEach
  void makeCommand() {
    vae = CommandFixture.installed(folder.resolve("runs"));
  }

  @Test
  void aRunWithoutADescriptionIsRefused() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("config.conf"), "experiment.name = old");

    for (List<String> command : commands(run)) {
      assertThat(vae.run(command.toArray(String[]::new))).isEqualTo(ExitCode.DATA);
      assertThat(vae.err())
          .isEqualTo(
              "vae: "
                  + run
                  + ": holds a run of an earlier version, without model.json; use the version that"
                  + " wrote it, or train again\n");
    }
  }

  @Test
  void aRunOfAnEarlierFormatIsRefused() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("model.json"), "{\"format\": 1, \"prior\": \"vampprior\"}");

    for (List<String> command : commands(run)) {
      assertThat(vae.run(command.toArray(String[]::new))).isEqualTo(ExitCode.DATA);
      assertThat(vae.err())
          .isEqualTo(
              "vae: "
                  + run.resolve("model.json")
                  + ": has format 1, but this version reads format 3; use the version that wrote"
                  + " it, or train again\n");
    }
  }

  @Test
  void noNewRunGoesIntoTheFolderOfAnOldOne() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("config.conf"), "experiment.name = old");

    assertThat(vae.run("train", "--output", run.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .isEqualTo("vae: " + run + ": is not empty and holds no run; name another with --output\n");
    Files.writeString(run.resolve("model.json"), "{\"format\": 1}");
    assertThat(vae.run("train", "--output", run.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .isEqualTo(
            "vae: "
                + run
                + ": holds another run; name another with --output, or go on with --resume\n");
  }

  private static List<List<String>> commands(Path run) {
    return List.of(
        List.of("evaluate", run.toString()),
        List.of("sample", run.toString()),
        List.of("train", "--resume", "--output", run.toString()));
  }

  @Test
  void aCheckpointWithoutAComponentsStateIsRefused() throws IOException {
    Path images = ImageFolder.create(folder.resolve("images"), 30);
    Path file = folder.resolve("mine.conf");
    Files.writeString(
        file,
        ImageFolder.experiment(images, 6)
            + "experiment.threads = 1\ntraining.epochs = 1\n"
            + "model.prior { type = vampprior, pseudo-inputs = 3 }");
    Path run = folder.resolve("run");
    assertThat(vae.run("train", "-q", file.toString(), "--output", run.toString()))
        .as(vae.err())
        .isZero();
    try (Stream<Path> checkpoints = Files.list(run.resolve("checkpoints"))) {
      for (Path checkpoint : checkpoints.toList()) {
        renameFirstOfThePrior(checkpoint, "best.safetensors");
        renameFirstOfThePrior(checkpoint, "weights.safetensors");
      }
    }

    for (List<String> command :
        List.of(
            List.of("evaluate", run.toString()),
            List.of("train", "--resume", "-q", "--output=" + run, "training.epochs=2"))) {
      assertThat(vae.run(command.toArray(String[]::new))).isEqualTo(ExitCode.DATA);
      assertThat(vae.err().lines().filter(line -> line.startsWith("vae: ")))
          .singleElement()
          .asString()
          .contains("safetensors: lacks the array prior.");
    }
  }

  /** As if a version had saved it that knew no such state; its checksum is right. */
  private static void renameFirstOfThePrior(Path checkpoint, String name) throws IOException {
    Path file = checkpoint.resolve(name);
    byte[] content = Files.readAllBytes(file);
    String before = Sha256.hex(content);
    int length = (int) ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    String header = new String(content, 8, length, StandardCharsets.UTF_8);
    int place = 8 + header.indexOf("\"prior.") + 1;
    content[place] = 'q';
    Files.write(file, content);
    Path index = checkpoint.resolve("checkpoint.json");
    Files.writeString(index, Files.readString(index).replace(before, Sha256.hex(content)));
  }

  @Test
  void aPluginBuiltWhenProvidersWereInterfacesIsRefused() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Path jar = plugins.resolve("old-prior.jar");
    writeOldPlugin(jar);

    assertThat(vae.run("plugins", "--plugins", plugins.toString())).isZero();
    assertThat(vae.out())
        .containsPattern("\nrefused\n  .*old-prior\\.jar: its prior provider cannot be loaded: ")
        .contains(
            "it was built against another version of vae-api; get a version of the plugin for this"
                + " one, or take it away");
    assertThat(vae.run("train", "--plugins", plugins.toString(), "model.prior.type=old-prior"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(vae.err())
        .contains("vae: model.prior.type = \"old-prior\": no such prior.")
        .doesNotContain("\tat ");
  }

  /** Compiled against a provider that is an interface, as it once was. */
  private void writeOldPlugin(Path jar) throws IOException {
    Path sources = folder.resolve("sources");
    Path api = sources.resolve("org/largevae/api/prior/PriorProvider.java");
    Path plugin = sources.resolve("com/example/OldPrior.java");
    Files.createDirectories(api.getParent());
    Files.createDirectories(plugin.getParent());
    Files.writeString(
        api, "package org.largevae.api.prior; public interface PriorProvider { String name(); }");
    Files.writeString(
        plugin,
        "package com.example; public class OldPrior implements "
            + SERVICE
            + " { public String name() { return \"old-prior\"; } }");
    Path classes = Files.createDirectory(folder.resolve("classes"));
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, told, told, "-d", classes.toString(), api.toString(), plugin.toString());
    assertThat(code).as(told.toString(StandardCharsets.UTF_8)).isZero();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/services/" + SERVICE));
      out.write("com.example.OldPrior\n".getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new JarEntry("com/example/OldPrior.class"));
      out.write(Files.readAllBytes(classes.resolve("com/example/OldPrior.class")));
    }
  }
}
