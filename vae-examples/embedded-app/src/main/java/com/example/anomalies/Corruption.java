package com.example.anomalies;

import java.awt.image.BufferedImage;
import java.util.Random;

/** Ways to spoil a square grey image. */
enum Corruption {
  /** Turned by a quarter, clockwise. */
  ROTATED("turned by 90°") {
    @Override
    int pixel(BufferedImage image, int x, int y, Random random) {
      return grey(image, y, image.getHeight() - 1 - x);
    }
  },

  /** Black and white exchanged. */
  INVERTED("inverted") {
    @Override
    int pixel(BufferedImage image, int x, int y, Random random) {
      return WHITE - grey(image, x, y);
    }
  },

  /** One pixel in twenty black or white. */
  NOISY("5 % noise") {
    @Override
    int pixel(BufferedImage image, int x, int y, Random random) {
      return random.nextInt(20) == 0 ? random.nextInt(2) * WHITE : grey(image, x, y);
    }
  },

  /**
   * The lower half lost. What is left is simpler than a digit, and simple images are likely ones:
   * log p(x) alone does not notice what is missing.
   */
  CUT("lower half lost") {
    @Override
    int pixel(BufferedImage image, int x, int y, Random random) {
      return y < image.getHeight() / 2 ? grey(image, x, y) : 0;
    }
  };

  private static final int WHITE = 255;
  private static final long SEED = 7;

  private final String description;

  Corruption(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  /**
   * Spoils an image.
   *
   * @param image square and grey; not changed
   * @return a spoilt one, always the same
   */
  BufferedImage apply(BufferedImage image) {
    Random random = new Random(SEED);
    BufferedImage spoilt =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        spoilt.getRaster().setSample(x, y, 0, pixel(image, x, y, random));
      }
    }
    return spoilt;
  }

  abstract int pixel(BufferedImage image, int x, int y, Random random);

  private static int grey(BufferedImage image, int x, int y) {
    return image.getRaster().getSample(x, y, 0);
  }
}
