package org.largevae.datasets;

import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;

/**
 * The settings of {@link ImagesProvider}.
 *
 * @param folder the path of the folder of images
 * @param width to which each image is stretched, in pixels
 * @param height to which each image is stretched, in pixels
 * @param channels 1 for grey, 3 for RGB
 * @param labels {@code none}, {@code folders}, {@code auto} or the path of a CSV file
 */
public record ImagesSettings(
    @Setting(meaning = "the folder of your images") String folder,
    @Setting(
            value = "28",
            atLeast = 1,
            atMost = LONGEST_SIDE,
            meaning = "the width each image is stretched to, in pixels")
        int width,
    @Setting(
            value = "28",
            atLeast = 1,
            atMost = LONGEST_SIDE,
            meaning = "the height each image is stretched to, in pixels")
        int height,
    @Setting(value = "1", atLeast = 1, atMost = 3, meaning = "1 (grey) or 3 (RGB)") int channels,
    @Setting(
            value = "auto",
            meaning =
                "the images' classes: none, the names of the folders directly below (folders), or a"
                    + " CSV file of yours with the columns file and label; auto: folders if each"
                    + " image lies in one of several")
        String labels) {
  private static final int LONGEST_SIDE = 4096;

  /**
   * Checks the channels.
   *
   * @throws SettingException if there are 2
   */
  public ImagesSettings {
    if (channels == 2) {
      throw new SettingException("channels", "must be 1 (grey) or 3 (RGB)");
    }
  }
}
