package org.largevae.networks.convolution;

import java.util.ArrayList;
import java.util.List;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;

/** The maps that the stages of a residual network work on. */
final class StageMaps {

  private StageMaps() {}

  /**
   * The maps of pictures.
   *
   * @param settings the stages
   * @param data the pictures
   * @return channels and sides of each stage's maps, those at the picture's size first
   * @throws org.largevae.api.config.SettingException if the data are no pictures, or too small
   */
  static List<DataShape> of(ResidualConvolutionSettings settings, DataDescription data) {
    DataShape picture = PictureInput.requirePictures(data);
    PictureInput.requireLargeEnough(picture, "channels", settings.reductions());
    List<DataShape> maps = new ArrayList<>();
    int height = picture.height();
    int width = picture.width();
    for (int channels : settings.channels()) {
      maps.add(new DataShape(channels, height, width));
      height = (height + 1) / 2;
      width = (width + 1) / 2;
    }
    return maps;
  }
}
