package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ModelShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.core.folder.SavedModel;
import org.largevae.likelihoods.Bernoulli;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.StandardPrior;
import org.largevae.testing.guide.GuideCode;

/** The Java of README.md and docs/embedding.md is compiled from there and runs. */
class EmbeddingGuideTest {
  private static final Path README = Path.of("../README.md");
  private static final Path GUIDE = Path.of("../docs/embedding.md");

  /** What the guides' statements take for given. */
  private static final String SURROUNDINGS =
      """
      // IMPORTS

      public final class Guide {
        static final int SIDE = 28;
        static final float[][] examples = new float[40][SIDE * SIDE];
        static final float[][] others = examples;
        static final java.awt.image.BufferedImage image =
            new java.awt.image.BufferedImage(SIDE, SIDE, java.awt.image.BufferedImage.TYPE_BYTE_GRAY);
        static final java.nio.file.Path folder = java.nio.file.Path.of("trained");
        static org.largevae.api.data.DataDescription data =
            org.largevae.api.data.DataDescription.of(
                new org.largevae.api.data.DataShape(1, SIDE, SIDE),
                org.largevae.api.data.ValueKinds.BINARY);
        static org.largevae.api.data.ModelShape shape =
            org.largevae.api.data.ModelShape.of(data, 5);
        static org.largevae.core.Vae vae =
            org.largevae.core.Vae.of(
                shape,
                new org.largevae.networks.GatedMlpEncoder(shape, 10),
                new org.largevae.priors.StandardPrior(shape),
                new org.largevae.networks.GatedMlpDecoder(
                    shape, new org.largevae.likelihoods.Bernoulli(data), 10));

        public static void main(String[] arguments) throws Exception {
          for (int i = 0; i < examples.length; i++) {
            java.util.Arrays.fill(examples[i], i * SIDE / 2, (i + 9) * SIDE / 2, 1);
          }
          // STATEMENTS
        }
      }
      """;

  /** The configuration of the run that the guides open. */
  private static final String CONFIGURATION =
      """
      {"model": {"type": "vae", "latent-size": 5,
        "encoder": {"type": "gated-mlp", "hidden": [10]},
        "posterior": {"type": "gaussian"},
        "decoder": {"type": "gated-mlp", "hidden": [10]},
        "prior": {"type": "standard"}, "likelihood": {"type": "bernoulli"}}}
      """;

  @TempDir private Path temporary;
  private Path work;

  static Stream<GuideCode> statements() throws IOException {
    List<GuideCode> readme = GuideCode.of(README, "## Embed");
    List<GuideCode> guide = GuideCode.of(GUIDE, "");
    assertThat(readme).hasSize(2);
    assertThat(guide).hasSizeGreaterThanOrEqualTo(6);
    return Stream.concat(readme.stream(), guide.stream()).filter(code -> !code.isClass());
  }

  /** Stands for a run of the command, whose folder says by names what its model is made of. */
  @BeforeEach
  void saveRun() throws IOException {
    work = Files.createDirectory(temporary.resolve("work"));
    DataDescription data = DataDescription.of(new DataShape(1, 28, 28), ValueKinds.BINARY);
    ModelShape shape = ModelShape.of(data, 5);
    Vae vae =
        Vae.of(
            shape,
            new GatedMlpEncoder(shape, 10),
            new StandardPrior(shape),
            new GatedMlpDecoder(shape, new Bernoulli(data), 10));
    try (TrainedVae trained = vae.trainer(new float[20][28 * 28]).epochs(1).train()) {
      JsonObject configuration = JsonParser.parseString(CONFIGURATION).getAsJsonObject();
      Path run = work.resolve("runs/digits-vampprior");
      trained.shared().run(model -> SavedModel.save(model, configuration, run));
    }
  }

  @ParameterizedTest(name = "block {index}")
  @MethodSource("statements")
  void statementsRunAsTheyStand(GuideCode code) throws IOException, InterruptedException {
    code.within(SURROUNDINGS).run(work);
  }

  @Test
  void theWholeApplicationTrainsSavesAndOpens() throws IOException, InterruptedException {
    List<GuideCode> classes = GuideCode.of(GUIDE, "").stream().filter(GuideCode::isClass).toList();
    assertThat(classes).hasSize(1);
    String printed = classes.get(0).run(work);
    assertThat(printed).contains("nats");
    assertThat(work.resolve("stripes/model.json")).exists();
  }
}
