package com.example.anomalies;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.largevae.api.component.NoSettings;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.Values;
import org.largevae.datasets.DigitsProvider;
import org.largevae.datasets.files.DataLocations;
import org.largevae.datasets.files.StandardDataFiles;

/** The 10,000 handwritten digits that come with large-vae. An application has images of its own. */
final class Digits {
  private Digits() {}

  /**
   * Reads them.
   *
   * @return grey images of 28 x 28 pixels
   */
  static List<BufferedImage> load() {
    DataLocations places =
        new DataLocations(
            Digits.class.getClassLoader(), List.of(), Path.of("cache"), Path.of(""), true);
    StandardDataFiles files =
        new StandardDataFiles(
            places,
            (file, folder) -> {
              throw new DataException(file.name() + " is missing from large-vae's jar");
            });
    Dataset dataset = new DigitsProvider().load(new NoSettings(), files);
    byte[] pixels = ((Values.Pixels) dataset.values()).bytes();
    int width = dataset.shape().width();
    int height = dataset.shape().height();
    List<BufferedImage> images = new ArrayList<>();
    for (int from = 0; from < pixels.length; from += width * height) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      for (int i = 0; i < width * height; i++) {
        image.getRaster().setSample(i % width, i / width, 0, pixels[from + i] & 0xff);
      }
      images.add(image);
    }
    return images;
  }
}
