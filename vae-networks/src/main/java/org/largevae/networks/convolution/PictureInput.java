package org.largevae.networks.convolution;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Locale;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.tensor.ShapeException;
import org.largevae.networks.InputFeatures;

/**
 * What a convolutional encoder is given of a picture: its channels, counts and positive values as
 * logs, with 0 for a pixel that is missing; then, for data that may lack pixels, as many channels
 * that have 1 for each that is known and 0 for each that is missing.
 */
final class PictureInput {
  private final DataShape shape;
  private final boolean takesMask;
  private final InputFeatures features;

  /**
   * An input.
   *
   * @param data what examples are made of
   * @throws SettingException if they are no pictures, or their pixels no numbers
   */
  PictureInput(DataDescription data) {
    this.shape = requirePictures(data);
    if (data.singleKind().filter(kind -> !(kind instanceof ValueKinds.Category)).isEmpty()) {
      throw new SettingException(
          "type",
          "must be another, such as gated-mlp or mlp: a convolution takes pixels that are numbers"
              + " of one kind, and these are categories or of several kinds");
    }
    this.takesMask = data.hasMissing();
    this.features = new InputFeatures(data);
  }

  /**
   * Refuses data that are no pictures.
   *
   * @param data what examples are made of
   * @return their shape
   * @throws SettingException if they have one row or one column
   */
  static DataShape requirePictures(DataDescription data) {
    DataShape shape = data.shape();
    if (shape.height() == 1 || shape.width() == 1) {
      throw new SettingException(
          "type",
          String.format(
              Locale.ROOT,
              "must be another, such as gated-mlp or mlp: a convolution takes pictures, which have"
                  + " several rows and columns, and these examples have the shape %s",
              shape));
    }
    return shape;
  }

  /**
   * Refuses strides that leave nothing of a picture.
   *
   * @param shape of the pictures
   * @param key the setting from which the strides come
   * @param strides of all layers
   * @throws SettingException if their product is greater than a picture's side
   */
  static void requireLargeEnough(DataShape shape, String key, List<Integer> strides) {
    long reduction = 1;
    long side = Math.min(shape.height(), shape.width());
    for (int stride : strides) {
      reduction *= stride;
      if (reduction > side) {
        throw new SettingException(
            key,
            String.format(
                Locale.ROOT,
                "must make pictures smaller by a factor of at most %d in all, their shorter side:"
                    + " they are %s",
                side,
                shape));
      }
    }
  }

  /** How many channels it has. */
  int channels() {
    return takesMask ? 2 * shape.channels() : shape.channels();
  }

  /**
   * The input for a batch.
   *
   * @param batch B examples
   * @return shape (B, {@link #channels}, H, W)
   * @throws ShapeException if x is not of shape (B, D)
   */
  NDArray of(Batch batch) {
    NDArray x = batch.x();
    if (x.getShape().dimension() != 2 || x.getShape().get(1) != shape.dimensions()) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "input of shape %s does not fit: the network takes (B, %d)",
              x.getShape(),
              shape.dimensions()));
    }
    NDArray known = features.of(batch);
    NDArray all = takesMask ? known.concat(batch.observed().orElseGet(x::onesLike), 1) : known;
    return all.reshape(x.getShape().get(0), channels(), shape.height(), shape.width());
  }
}
