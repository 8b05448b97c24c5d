package org.largevae.datasets;

import java.util.List;
import java.util.Optional;
import org.largevae.api.config.Setting;

/**
 * The settings of {@link MatlabProvider}.
 *
 * @param file the path of a MATLAB file of level 5
 * @param variable which variable of the file; empty where it holds one
 * @param exampleAxis the axis that counts the examples
 * @param shape of an example stored as one row
 * @param pixelOrder how such a row holds an image
 * @param channelAxis where a colour image has its channels
 * @param values what the numbers mean
 */
public record MatlabSettings(
    @Setting(meaning = "your MATLAB file, saved with -v6 or -v7") String file,
    @Setting(meaning = "which variable, where the file holds several") Optional<String> variable,
    @Setting(value = "first", meaning = ArrayLayout.EXAMPLE_AXIS_MEANING)
        ArrayLayout.ExampleAxis exampleAxis,
    @Setting(atLeast = 1, mayBeEmpty = true, meaning = ArrayLayout.SHAPE_MEANING)
        Optional<List<Integer>> shape,
    @Setting(value = "rows", meaning = ArrayLayout.PIXEL_ORDER_MEANING)
        ArrayLayout.PixelOrder pixelOrder,
    @Setting(value = "auto", meaning = ArrayLayout.CHANNEL_AXIS_MEANING)
        ArrayLayout.ChannelAxis channelAxis,
    @Setting(value = "auto", meaning = ValueScale.MEANING) ValueScale values) {

  /**
   * Checks the shape.
   *
   * @throws org.largevae.api.config.SettingException if it has no size or more than 3, or is left
   *     out where the order of pixels needs it
   */
  public MatlabSettings {
    shape = ArrayLayout.checked(shape, pixelOrder);
  }

  ArrayLayout layout() {
    return new ArrayLayout(Optional.of(exampleAxis), shape, pixelOrder, channelAxis, values);
  }
}
