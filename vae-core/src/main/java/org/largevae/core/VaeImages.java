package org.largevae.core;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.image.DecodingMemory;
import org.largevae.api.image.ImageFile;
import org.largevae.api.image.ImagePixels;
import org.largevae.api.tensor.ShapeException;

/**
 * A {@link TrainedVae} for pictures. They must have the size of the model's examples: {@link #read}
 * and {@link #fit(BufferedImage)} bring others to it just as the dataset {@code images} did for
 * training. Scaled in another way, a picture is not what the model has learned, and its log p(x)
 * can be hundreds of nats lower. Colour is turned into grey, or grey into colour, to match the
 * model. A pixel p from 0 to 255 becomes (p + 0.5) / 256, or for binary data 1 if p / 255 is above
 * the threshold {@code dataset.threshold} of the run, 0.5 unless it was set. Pictures that the
 * model makes show the mean of p(x|z), for binary data the probability of a 1; without {@link
 * TrainedVae#hasMeans}, a draw.
 */
public final class VaeImages {
  private static final int LEVELS = 256;
  private static final int WHITE = 255;

  private final TrainedVae vae;
  private final DataShape shape;
  private final boolean binary;
  private final double threshold;

  VaeImages(TrainedVae vae, double threshold) {
    this.vae = vae;
    this.shape = vae.data().shape();
    this.binary = vae.data().singleKind().equals(Optional.of(ValueKinds.BINARY));
    this.threshold = threshold;
    if (!shape.isImage()) {
      throw new ConfigurationException(
          "the model's examples have the shape "
              + shape
              + " and are no images; give them as arrays");
    }
    if (!binary && !vae.data().singleKind().equals(Optional.of(ValueKinds.GREY_LEVEL))) {
      throw new ConfigurationException(
          "the model's examples are neither binary nor grey levels, and how a pixel becomes one of"
              + " their values is not known; give them as arrays");
    }
  }

  /**
   * Reads a PNG or JPEG file of any size as the dataset {@code images} does, so that {@link
   * #toExample} gives the very values that the model is trained on where the file is part of its
   * dataset and its values are not binarised at random.
   *
   * @param file a PNG or JPEG
   * @return the picture, of the size of the model's examples, grey or RGB as they are
   * @throws org.largevae.api.data.DataException if it cannot be read, is neither PNG nor JPEG, is
   *     damaged, in CMYK or too large
   */
  public BufferedImage read(Path file) {
    return read(file, shape);
  }

  /**
   * Brings a picture of any size to that of the model's examples as the dataset {@code images} does
   * with a file: stretched, each new pixel the mean of the area that it covers.
   *
   * @param image of any size
   * @return the picture, grey or RGB as the model's examples are
   */
  public BufferedImage fit(BufferedImage image) {
    return fit(image, shape);
  }

  /**
   * Reads a PNG or JPEG file of any size as the dataset {@code images} does.
   *
   * @param file a PNG or JPEG
   * @param shape of an example, of one or three channels
   * @return the picture, of the shape's width and height
   * @throws org.largevae.api.data.DataException if it cannot be read, is neither PNG nor JPEG, is
   *     damaged, in CMYK or too large
   */
  public static BufferedImage read(Path file, DataShape shape) {
    byte[] pixels = new byte[shape.dimensions()];
    byte[] content = ImageFile.read(file);
    ImageFile.decode(content, file.toString(), shape, pixels, 0, new DecodingMemory());
    return PixelConversion.write(pixels, shape);
  }

  /**
   * Brings a picture to a shape as the dataset {@code images} does with a file.
   *
   * @param image of any size
   * @param shape of an example, of one or three channels
   * @return the picture, of the shape's width and height
   */
  public static BufferedImage fit(BufferedImage image, DataShape shape) {
    byte[] pixels = new byte[shape.dimensions()];
    ImagePixels.fit(image, shape, pixels, 0);
    return PixelConversion.write(pixels, shape);
  }

  /**
   * A picture as the model sees it.
   *
   * @param image of the size of the model's examples
   * @return D values
   * @throws ShapeException if the picture has another size
   */
  public float[] toExample(BufferedImage image) {
    return binary ? binary(image, shape, threshold) : greyLevels(image, shape);
  }

  /**
   * A picture as grey levels, (p + 0.5) / 256 for a pixel p.
   *
   * @param image of the shape's width and height
   * @param shape of an example
   * @return D values
   * @throws ShapeException if the picture has another size
   */
  public static float[] greyLevels(BufferedImage image, DataShape shape) {
    return convert(image, shape, pixel -> (pixel + 0.5f) / LEVELS);
  }

  /**
   * A picture as probabilities of a 1, p / 255 for a pixel p: for {@link
   * VaeTrainer#dynamicBinarization()}.
   *
   * @param image of the shape's width and height
   * @param shape of an example
   * @return D values
   * @throws ShapeException if the picture has another size
   */
  public static float[] probabilities(BufferedImage image, DataShape shape) {
    return convert(image, shape, pixel -> (float) pixel / WHITE);
  }

  /**
   * A picture as binary values, 1 where p / 255 is above a threshold.
   *
   * @param image of the shape's width and height
   * @param shape of an example
   * @param threshold from 0 to below 1
   * @return D values
   * @throws ShapeException if the picture has another size
   */
  public static float[] binary(BufferedImage image, DataShape shape, double threshold) {
    return convert(image, shape, pixel -> (double) pixel / WHITE > threshold ? 1 : 0);
  }

  /** What a pixel becomes. */
  private interface PixelValue {
    float of(int pixel);
  }

  private static float[] convert(BufferedImage image, DataShape shape, PixelValue value) {
    byte[] pixels = new byte[shape.dimensions()];
    PixelConversion.read(image, shape, pixels, 0);
    float[] example = new float[pixels.length];
    for (int i = 0; i < example.length; i++) {
      example[i] = value.of(pixels[i] & 0xff);
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
    byte[] pixels = new byte[example.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) pixel(example[i]);
    }
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
   * Decodes a latent.
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
    float scaled = binary ? Math.round(value * WHITE) : value * LEVELS;
    return (int) Math.max(0, Math.min(WHITE, Math.floor(scaled)));
  }
}
