package org.largevae.runner.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.api.distribution.LatentDistribution;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.prior.PriorProvider;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.testing.TinyModels;
import org.largevae.core.training.TrainingInterruptedException;
import org.largevae.core.training.TrainingListener;

/** The Java of docs/embedding.md: it stands here word for word, and it works. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddingGuideTest {
  private static final Path GUIDE = Path.of("../docs/embedding.md");
  private static final Path HERE =
      Path.of("src/test/java/org/largevae/runner/application/EmbeddingGuideTest.java");

  private final DataShape shape = TinyModels.DATA;
  private final float[][] examples = TinyVaes.examples(Support.BINARY, 40, 1);
  private final BufferedImage image = PixelConversion.write(new int[6], shape);
  private Path trained;

  @BeforeAll
  void train(@TempDir Path folder) {
    trained = folder.resolve("run");
    TinyVaes.trainer(Support.BINARY).output(trained).train().close();
  }

  @Test
  void everySnippetOfTheGuideStandsHere() throws IOException {
    String here = squeeze(Files.readString(HERE));
    List<String> snippets =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(GUIDE))
            .results()
            .map((MatchResult found) -> squeeze(found.group(1)))
            .toList();
    assertThat(snippets).hasSize(6).allSatisfy(snippet -> assertThat(here).contains(snippet));
  }

  /** A run and a shape of this test stand for those of the guide. */
  private static String squeeze(String code) {
    return code.replace("Path.of(\"runs/digits-vampprior\")", "trained")
        .replace("new DataShape(1, 28, 28)", "shape")
        .replaceAll("\\s+", "");
  }

  @Test
  void trainedModelIsUsed() {
    assertThatCode(
            () -> {
              try (TrainedVae vae = TrainedVae.open(trained)) {
                float[] latent = vae.images().encode(image);
                BufferedImage reconstruction = vae.images().reconstruct(image);
                List<BufferedImage> generated = vae.images().sample(16, 1);
                double logLikelihood = vae.images().logLikelihood(image, 500, 1);
              }
            })
        .doesNotThrowAnyException();
  }

  @Test
  void arraysOfTheEngineAreEncoded() {
    Path folder = trained;
    assertThatCode(
            () -> {
              try (TrainedVae vae = TrainedVae.open(folder);
                  NDManager manager = NDManager.newBaseManager()) {
                NDArray latents = vae.tensors(manager).encode(manager.create(examples));
              }
            })
        .doesNotThrowAnyException();
  }

  @Test
  void modelIsTrained() {
    float[][] others = examples;
    assertThatCode(
            () -> {
              try (TrainedVae vae =
                  VaeTrainer.on(examples, shape, Support.BINARY)
                      .set("model.prior.type", "vampprior")
                      .set("training.epochs", 20)
                      .train()) {
                double[] scores = vae.logLikelihood(others, 100, 1);
              }
            })
        .doesNotThrowAnyException();
  }

  @Test
  void trainingIsWatchedAndStopped(@TempDir Path temporary) {
    Path folder = temporary.resolve("run");
    AtomicBoolean stop = new AtomicBoolean();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEpoch(EpochMetrics metrics, boolean best) {
            stop.compareAndSet(false, metrics.validationLoss() < 90);
          }
        };
    try (TrainedVae vae =
        VaeTrainer.on(examples, shape, Support.BINARY)
            .configure("model.prior { type = vampprior, pseudo-inputs = 100 }")
            .validationFraction(0.05)
            .seed(7)
            .listener(listener)
            .cancelledBy(stop::get)
            .output(folder)
            .train()) {
      vae.sample(16, 1);
    } catch (TrainingInterruptedException stopped) {
      TrainedVae.open(folder).close();
    }
    assertThat(stop).isTrue();
    assertThat(folder.resolve("checkpoints")).isDirectory();
    assertThat(folder.resolve("results.json")).doesNotExist();
  }

  @Test
  void ownComponentIsUsed(@TempDir Path temporary) {
    Path folder = temporary.resolve("run");
    PriorProvider prior = Providers.prior("wide", shape -> new WidePrior(shape.latentSize()));
    VaeTrainer.on(examples, shape, Support.BINARY).component(prior).output(folder).train().close();
    try (TrainedVae vae = TrainedVae.at(folder).component(prior).open()) {
      vae.sample(16, 1);
    }
    assertThat(folder.resolve("config.conf")).content().contains("wide");
  }

  @Test
  void threadsAreChosen() {
    Path folder = trained;
    TrainedVae vae = TrainedVae.at(folder).device("cpu").threads(1).open();
    assertThat(JniUtils.getNumThreads()).isEqualTo(1);
    vae.close();
  }

  /** N(0, 4 I). */
  private record WidePrior(int latentSize) implements Prior {
    @Override
    public LatentDistribution distribution(PriorContext context) {
      NDManager manager = context.pass().manager();
      return new LatentDistribution() {
        @Override
        public NDArray logProb(NDArray z) {
          NDArray squares = Tensors.multiply(Tensors.sumLast(z.square()), 0.25);
          return Tensors.multiply(squares.add(latentSize * Math.log(8 * Math.PI)), -0.5);
        }

        @Override
        public NDArray sample(int count) {
          return Tensors.multiply(manager.randomNormal(new Shape(count, latentSize)), 2);
        }
      };
    }
  }
}
