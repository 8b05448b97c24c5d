package org.largevae.core.preparation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.largevae.api.data.DataDescription;

/**
 * A dataset split into its three parts, its values in its own units, binarised where asked for.
 *
 * @param name the dataset's name
 * @param data what the examples are made of; of the training part once it is drawn, where it is
 *     resampled
 * @param training what is learned from
 * @param validation what the best epoch is chosen by
 * @param test what is reported
 * @param resampled true if the training values are probabilities in [0, 1], each to be drawn as 0
 *     or 1 anew in every epoch; validation and test are drawn already
 * @param fingerprints the SHA-256 of each file read, by its name
 * @param places where each example of a part stands in the dataset
 * @param identifiers the examples' names, in the dataset's order; empty where they have none or the
 *     examples are mapped
 * @param classes the names of the classes that {@link Examples#labels} count from 0; empty for data
 *     without labels
 */
public record PreparedDataset(
    String name,
    DataDescription data,
    Examples training,
    Examples validation,
    Examples test,
    boolean resampled,
    Map<String, String> fingerprints,
    SplitPlaces places,
    List<String> identifiers,
    List<String> classes) {

  /** Copies the map and the list. */
  public PreparedDataset {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(data, "data is null");
    Objects.requireNonNull(training, "training is null");
    Objects.requireNonNull(validation, "validation is null");
    Objects.requireNonNull(test, "test is null");
    fingerprints = Map.copyOf(fingerprints);
    Objects.requireNonNull(places, "places is null");
    identifiers = List.copyOf(identifiers);
    classes = List.copyOf(classes);
  }

  /**
   * The same examples, seen by a model on other scales.
   *
   * @param other of the same kinds and shape
   * @return the dataset
   */
  public PreparedDataset describedBy(DataDescription other) {
    return new PreparedDataset(
        name,
        other,
        training,
        validation,
        test,
        resampled,
        fingerprints,
        places,
        identifiers,
        classes);
  }
}
