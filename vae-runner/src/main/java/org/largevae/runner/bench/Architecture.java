package org.largevae.runner.bench;

import java.util.Locale;

/** Models that are measured; the sizes are those of their publications. */
public enum Architecture {
  /** One level of latents, gated dense layers. */
  VAE(false),
  /** Two levels of latents, gated dense layers (Tomczak and Welling 2018). */
  HVAE(false),
  /** Two levels, gated convolutions (Tomczak and Welling 2018). */
  CONV_HVAE(true),
  /** Two levels, encoders of gated convolutions, a decoder of masked ones with batch norm. */
  PIXEL_HVAE(true),
  /** Five levels that share a network (Sønderby et al. 2016), the prior on top. */
  LADDER(false),
  /** The same with a VampPrior that spans all levels. */
  LADDER_JOINT(false);

  private static final String LADDER_DECODER = "decoder { type = gated-mlp, hidden = [512, 512] }";

  private final boolean convolutional;

  Architecture(boolean convolutional) {
    this.convolutional = convolutional;
  }

  /** Draws of z for a log-likelihood unless told otherwise, as in the models' presets. */
  int samples() {
    return convolutional ? 500 : 5000;
  }

  /** Rows that go through the networks at once for a log-likelihood, as in the models' presets. */
  int rowsAtOnce() {
    return convolutional ? 100 : 2000;
  }

  /** How many examples are drawn at once. */
  int sampled() {
    return this == PIXEL_HVAE ? 64 : Benchmark.ROWS;
  }

  /** Whether the expectation of x given z can be computed. */
  boolean hasExpectation() {
    return this != PIXEL_HVAE;
  }

  /** Whether it takes a prior with pseudo-inputs. */
  boolean needsPseudoInputs() {
    return this == LADDER_JOINT;
  }

  /**
   * The model but for its prior and likelihood, as configurations have it.
   *
   * @param settings the sizes that can be chosen
   * @param data what it is of
   */
  String model(BenchmarkSettings settings, Workload.Data data) {
    int latents = settings.latentSize();
    String hidden = String.format(Locale.ROOT, "hidden = [%d, %<d]", settings.hidden());
    String mlp = "type = gated-mlp, " + hidden;
    String convolution = "type = gated-convolution, hidden = " + settings.hidden();
    return switch (this) {
      case VAE ->
          String.format(
              Locale.ROOT,
              "type = vae, latent-size = %d, encoder { %s }, posterior { type = gaussian }, decoder {"
                  + " %2$s }",
              latents,
              mlp);
      case HVAE -> hierarchy(latents, mlp, mlp, mlp);
      case CONV_HVAE -> hierarchy(latents, convolution, convolution, mlp);
      case PIXEL_HVAE -> hierarchy(latents, convolution, pixels(data), mlp);
      case LADDER -> "type = ladder, " + LADDER_DECODER;
      case LADDER_JOINT -> "type = ladder, prior-levels = all, " + LADDER_DECODER;
    };
  }

  private static String pixels(Workload.Data data) {
    return "type = pixelcnn, normalization = batch, latent-maps = masked, head-bias = "
        + (data == Workload.Data.BINARY);
  }

  private static String hierarchy(int latents, String encoder, String decoder, String conditional) {
    return String.format(
        Locale.ROOT,
        "type = hierarchy, latent-sizes = [%d, %<d], encoder { %s }, posterior { type = gaussian },"
            + " decoder { %s }, conditional-prior { %s }",
        latents,
        encoder,
        decoder,
        conditional);
  }
}
