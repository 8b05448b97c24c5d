package org.largevae.core.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;

/** A folder of small pictures: a bright bar on a dark ground, in a random row. */
public final class ImageFolder {
  public static final int WIDTH = 4;
  public static final int HEIGHT = 5;

  private ImageFolder() {}

  /** Writes pictures into a new folder. */
  public static Path create(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(7);
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
      int bright = random.nextInt(HEIGHT);
      for (int row = 0; row < HEIGHT; row++) {
        for (int column = 0; column < WIDTH; column++) {
          int value = (row == bright ? 180 : 20) + random.nextInt(40);
          image.getRaster().setSample(column, row, 0, value);
        }
      }
      ImageIO.write(
          image, "png", folder.resolve(String.format(Locale.ROOT, "image-%03d.png", i)).toFile());
    }
    return folder;
  }

  /**
   * An experiment on pictures that were created here.
   *
   * @param folder theirs
   * @param hidden units in the only hidden layer of encoder and decoder
   * @return settings, one section to a line
   */
  public static String experiment(Path folder, int hidden) {
    return String.format(
        Locale.ROOT,
        """
        dataset { name = images, folder = "%s", width = %d, height = %d }
        model { latent-size = 2, encoder.hidden = [%d], decoder.hidden = [%4$d] }
        model { prior.type = standard, likelihood.type = discretized-logistic }
        training { batch-size = 10 }
        evaluation { importance-samples = 5, validation-importance-samples = 5 }
        """,
        folder.toString().replace("\\", "/"),
        WIDTH,
        HEIGHT,
        hidden);
  }
}
