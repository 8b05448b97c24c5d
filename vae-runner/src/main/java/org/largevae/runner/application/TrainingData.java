package org.largevae.runner.application;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Dataset;
import org.largevae.api.data.Support;
import org.largevae.api.data.Values;

/**
 * An application's examples, copied and checked.
 *
 * @param dataset the examples
 * @param support which values the model shall see
 */
record TrainingData(Dataset dataset, Support support) {
  private static final int LEVELS = 256;
  private static final int WHITE = 255;

  static TrainingData of(float[][] examples, DataShape shape, Support support) {
    requireSome(examples.length);
    ExampleChecks.examples(examples, shape, support);
    int dimensions = shape.dimensions();
    int length = Math.multiplyExact(examples.length, dimensions);
    Values values;
    if (support == Support.REAL) {
      float[] all = new float[length];
      for (int i = 0; i < examples.length; i++) {
        System.arraycopy(examples[i], 0, all, i * dimensions, dimensions);
      }
      values = new Values.Reals(all);
    } else {
      byte[] all = new byte[length];
      for (int i = 0; i < length; i++) {
        float value = examples[i / dimensions][i % dimensions];
        // black and white, for binary data, which a threshold makes 0 and 1 again
        all[i] = (byte) (support == Support.BINARY ? value * WHITE : value * LEVELS);
      }
      values = new Values.Pixels(all);
    }
    return new TrainingData(dataset(shape, examples.length, values), support);
  }

  static TrainingData of(List<BufferedImage> images, int channels) {
    requireSome(images.size());
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "channels = " + channels + ": must be 1 for grey or 3 for colour");
    }
    BufferedImage first = images.get(0);
    DataShape shape = new DataShape(channels, first.getHeight(), first.getWidth());
    int dimensions = shape.dimensions();
    byte[] pixels = new byte[Math.multiplyExact(images.size(), dimensions)];
    for (int i = 0; i < images.size(); i++) {
      BufferedImage image = images.get(i);
      if (image.getWidth() != first.getWidth() || image.getHeight() != first.getHeight()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "image %d is %d x %d pixels, but image 0 is %d x %d; all must have one size",
                i,
                image.getWidth(),
                image.getHeight(),
                first.getWidth(),
                first.getHeight()));
      }
      PixelConversion.read(image, shape, pixels, i * dimensions);
    }
    return new TrainingData(
        dataset(shape, images.size(), new Values.Pixels(pixels)), Support.PIXEL_256);
  }

  /** The name of the likelihood that suits the values. */
  String likelihood() {
    return switch (support) {
      case BINARY -> "bernoulli";
      case PIXEL_256 -> "discretized-logistic";
      case REAL -> "gaussian";
    };
  }

  private static void requireSome(int size) {
    if (size == 0) {
      throw new DataException("there are no examples to train on");
    }
  }

  private static Dataset dataset(DataShape shape, int size, Values values) {
    String name = InMemoryProvider.NAME;
    return new Dataset(name, shape, size, values, Map.of(name, sha256(values)));
  }

  private static String sha256(Values values) {
    byte[] bytes;
    if (values instanceof Values.Pixels pixels) {
      bytes = pixels.bytes();
    } else {
      float[] floats = ((Values.Reals) values).floats();
      ByteBuffer buffer =
          ByteBuffer.allocate(Math.multiplyExact(floats.length, Float.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN);
      buffer.asFloatBuffer().put(floats);
      bytes = buffer.array();
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
