package org.largevae.runner.application;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.api.tensor.ShapeException;

/**
 * A {@link TrainedVae} for pictures. They must have the size of the model's examples; colour
 * becomes grey, or grey colour, where the model has it so. A pixel p from 0 to 255 becomes (p +
 * 0.5) / 256, or for binary data 1 if p / 255 is above the threshold {@code dataset.threshold} of
 * the run, 0.5 unless it was set. Pictures that the model makes show the mean of p(x|z), for binary
 * data the probability of a 1.
 */
public final class VaeImages {
  private static final int LEVELS = 256;
  private static final int WHITE = 255;

  private final TrainedVae vae;
  private final DataShape shape;
  private final double threshold;

  VaeImages(TrainedVae vae, double threshold) {
    this.vae = vae;
    this.shape = vae.shape();
    this.threshold = threshold;
    if (!shape.isImage()) {
      throw new ConfigurationException(
          "the model's examples have the shape "
              + shape
              + " and are no images; give them as arrays");
    }
    if (vae.support() == Support.REAL) {
      throw new ConfigurationException(
          "the model's examples are real numbers, and how a pixel becomes one is not known; give"
              + " them as arrays");
    }
  }

  /**
   * A picture as the model sees it.
   *
   * @param image of the size of the model's examples
   * @return D values
   * @throws ShapeException if the picture has another size
   */
  public float[] toExample(BufferedImage image) {
    byte[] pixels = new byte[shape.dimensions()];
    PixelConversion.read(image, shape, pixels, 0);
    float[] example = new float[pixels.length];
    for (int i = 0; i < example.length; i++) {
      int pixel = pixels[i] & 0xff;
      if (vae.support() == Support.BINARY) {
        example[i] = (double) pixel / WHITE > threshold ? 1 : 0;
      } else {
        example[i] = (pixel + 0.5f) / LEVELS;
      }
    }
    return example;
  }

  /**
   * An example as a picture.
   *
   * @param example D values; what lies outside of [0, 1] shows as black or white
   * @return a grey or an RGB picture
   * @throws ShapeException if the example has another length
   */
  public BufferedImage toImage(float[] example) {
    if (example.length != shape.dimensions()) {
      throw new ShapeException(
          "an example of "
              + example.length
              + " values is no image of the shape "
              + shape
              + ", which has "
              + shape.dimensions());
    }
    int[] pixels = new int[example.length];
    Arrays.setAll(pixels, i -> pixel(example[i]));
    return PixelConversion.write(pixels, shape);
  }

  /**
   * The mean of the posterior q(z|x).
   *
   * @param image of the size of the model's examples
   * @return M values
   * @throws ShapeException if the picture has another size
   */
  public float[] encode(BufferedImage image) {
    return vae.encode(toExample(image));
  }

  /**
   * What the model expects at a latent.
   *
   * @param latent M values
   * @return the picture
   */
  public BufferedImage decode(float[] latent) {
    return toImage(vae.decode(latent));
  }

  /**
   * Encodes and decodes a picture, through the mean of its posterior.
   *
   * @param image of the size of the model's examples
   * @return the picture that the model makes of it
   * @throws ShapeException if the picture has another size
   */
  public BufferedImage reconstruct(BufferedImage image) {
    return toImage(vae.reconstruct(toExample(image)));
  }

  /**
   * Draws latents from the prior and decodes them.
   *
   * @param count how many, at least 1
   * @param seed of the draws
   * @return the pictures
   */
  public List<BufferedImage> sample(int count, long seed) {
    return toImages(vae.sample(count, seed));
  }

  /**
   * Decodes the straight line between the encodings of two pictures.
   *
   * @param from one picture
   * @param to another
   * @param steps how many pictures, at least 2: both ends are among them
   * @return the pictures
   * @throws ShapeException if a picture has another size
   */
  public List<BufferedImage> interpolate(BufferedImage from, BufferedImage to, int steps) {
    return toImages(vae.interpolate(toExample(from), toExample(to), steps));
  }

  /**
   * Estimates log p(x) by importance sampling; see {@link TrainedVae#logLikelihood(float[], int,
   * long)}.
   *
   * @param image of the size of the model's examples
   * @param samples S, draws of z, at least 1
   * @param seed of the draws
   * @return in nats
   * @throws ShapeException if the picture has another size
   */
  public double logLikelihood(BufferedImage image, int samples, long seed) {
    return vae.logLikelihood(toExample(image), samples, seed);
  }

  /**
   * Estimates log p(x) of each picture by importance sampling.
   *
   * @param images of the size of the model's examples
   * @param samples S, draws of z for each, at least 1
   * @param seed of the draws
   * @return in nats, one for each
   * @throws ShapeException if a picture has another size
   */
  public double[] logLikelihood(List<BufferedImage> images, int samples, long seed) {
    float[][] examples = images.stream().map(this::toExample).toArray(float[][]::new);
    return vae.logLikelihood(examples, samples, seed);
  }

  private List<BufferedImage> toImages(float[][] examples) {
    return Arrays.stream(examples).map(this::toImage).toList();
  }

  /** The inverse of {@link #toExample}; a probability is shown as an intensity. */
  private int pixel(float value) {
    float scaled = vae.support() == Support.BINARY ? Math.round(value * WHITE) : value * LEVELS;
    return (int) Math.max(0, Math.min(WHITE, Math.floor(scaled)));
  }
}
