package org.largevae.core.preparation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.Labels;
import org.largevae.api.dataset.RawData;
import org.largevae.api.dataset.RawTable;
import org.largevae.api.dataset.Values;
import org.largevae.core.table.LoadedTable;

/**
 * Splits a dataset and brings its values to what the model sees.
 *
 * <p>Eight-bit pixels p without binarisation become (p + 1/2) / 256, {@link ValueKinds#GREY_LEVEL};
 * real values stay as they are, {@link ValueKinds#REAL}. Binarised values are {@link
 * ValueKinds#BINARY}.
 *
 * <p>Random numbers come from {@link java.util.SplittableRandom}, of whose seed the results are a
 * function. Binarisation gives each example a generator of its own, in the dataset's order, so that
 * an example's binary form does not depend on the split, and is the same in validation and test
 * whether binarisation is static or dynamic.
 */
public final class Preparation {
  private final PreparationSettings settings;
  private final Split split;

  /**
   * A preparation.
   *
   * @param settings the keys of the section {@code dataset} that are common to all datasets
   * @throws SettingException if the split is neither fractions nor counts
   */
  public Preparation(PreparationSettings settings) {
    this.settings = settings;
    this.split = Split.of(settings.split());
  }

  /**
   * Splits and scales a dataset.
   *
   * @param raw as its provider gave it; not changed
   * @return its three parts, each with its labels where the dataset has any
   * @throws DataException if a real value is infinite or not a number, or every training value is
   *     the same after preparation
   * @throws SettingException if the split leaves a part empty or asks for more examples than there
   *     are, or the binarisation does not suit the values
   */
  public PreparedDataset prepare(RawData raw) {
    PreparedDataset prepared =
        raw instanceof RawTable table ? prepareTable(table) : prepareArray((Dataset) raw);
    PreparationChecks.result(prepared);
    return prepared;
  }

  private PreparedDataset prepareTable(RawTable table) {
    if (settings.binarization() != Binarization.NONE) {
      throw new SettingException(
          "binarization", "is for pictures; set dataset.binarization = none for a table");
    }
    LoadedTable loaded = LoadedTable.read(table, settings.columns(), settings.mapped());
    SplitPlaces places = places(loaded.size(), table.name());
    Examples training = examples(loaded, places.training());
    return new PreparedDataset(
        table.name(),
        settings.standardize() == Standardize.FALSE
            ? loaded.data()
            : Standardization.fit(training, loaded.data()),
        training,
        examples(loaded, places.validation()),
        examples(loaded, places.test()),
        false,
        table.fingerprints(),
        places,
        loaded.identifiers(),
        loaded.labels().map(Labels::names).orElse(List.of()));
  }

  private static Examples examples(LoadedTable table, int[] places) {
    return labelled(Examples.among(table.values(), places, table.data()), places, table.labels());
  }

  private PreparedDataset prepareArray(Dataset dataset) {
    SplitPlaces places = places(dataset.size(), dataset.name());
    Scaling training = scaling(dataset, settings.binarization());
    Scaling heldOut = isDynamic() ? heldOut(dataset) : training;
    DataDescription data = description(dataset, heldOut.kind());
    Examples trained = examples(training, places.training(), dataset, data);
    return new PreparedDataset(
        dataset.name(),
        settings.standardize() == Standardize.TRUE ? standardized(trained, data) : data,
        trained,
        examples(heldOut, places.validation(), dataset, data),
        examples(heldOut, places.test(), dataset, data),
        isDynamic(),
        dataset.fingerprints(),
        places,
        List.of(),
        dataset.labels().map(Labels::names).orElse(List.of()));
  }

  /** With the columns' names where they have any. */
  static DataDescription description(Dataset dataset, ValueKind kind) {
    return dataset.columns().isEmpty()
        ? DataDescription.of(dataset.shape(), kind)
        : DataDescription.of(
            dataset.columns().stream().map(name -> new Column(name, kind)).toList());
  }

  /** Of a file of examples that are no part of the dataset: a place in it means nothing. */
  Scaling ofFile(Dataset dataset) {
    boolean drawn = isDynamic() || settings.binarization() == Binarization.STATIC;
    return drawn && dataset.values() instanceof Values.Pixels pixels
        ? Scaling.drawnByContent(
            pixels.bytes(), dataset.shape().dimensions(), settings.binarizationSeed())
        : heldOut(dataset);
  }

  /** Drawn once, so that losses can be compared between epochs. */
  Scaling heldOut(Dataset dataset) {
    return scaling(dataset, isDynamic() ? Binarization.STATIC : settings.binarization());
  }

  private static DataDescription standardized(Examples training, DataDescription data) {
    if (!data.kind(0).equals(ValueKinds.REAL)) {
      throw new SettingException(
          "standardize", "is for real numbers, but the values are " + data.kind(0).name());
    }
    return Standardization.fit(training, data);
  }

  private SplitPlaces places(int size, String name) {
    return Split.choose(
        checkedCounts(size, name), size, settings.splitOrder(), settings.splitSeed());
  }

  private Examples examples(Scaling scaling, int[] places, Dataset dataset, DataDescription data) {
    // what is drawn anew in every epoch is drawn from values on the device
    boolean kept =
        scaling.rows().isPresent()
            && !isDynamic()
            && settings
                .mapped()
                .applies(dataset.values().length(), Runtime.getRuntime().maxMemory());
    return labelled(
        kept ? Examples.among(scaling.rows().orElseThrow(), places, data) : scaling.apply(places),
        places,
        dataset.labels());
  }

  private static Examples labelled(Examples examples, int[] places, Optional<Labels> known) {
    if (known.isEmpty()) {
      return examples;
    }
    int[] all = known.get().indices();
    float[] labels = new float[places.length];
    for (int i = 0; i < places.length; i++) {
      labels[i] = all[places[i]];
    }
    return examples.withLabels(labels);
  }

  private boolean isDynamic() {
    return settings.binarization() == Binarization.DYNAMIC;
  }

  private long[] checkedCounts(int size, String name) {
    long[] counts = split.counts(size);
    if (Arrays.stream(counts).anyMatch(count -> count < 1)) {
      throw new SettingException(
          "split",
          String.format(
              Locale.ROOT,
              "leaves a part of %s without examples: its %d give %d, %d and %d",
              name,
              size,
              counts[0],
              counts[1],
              counts[2]));
    }
    long sum = Arrays.stream(counts).sum();
    if (sum > size) {
      throw new SettingException(
          "split",
          String.format(Locale.ROOT, "asks for %d examples, but %s has %d", sum, name, size));
    }
    return counts;
  }

  private Scaling scaling(Dataset dataset, Binarization kind) {
    if (dataset.values() instanceof Values.Pixels pixels) {
      PreparationChecks.pixels(pixels.bytes(), settings, dataset.name());
      return scaling(pixels.bytes(), dataset, kind);
    }
    float[] values = ((Values.Reals) dataset.values()).floats();
    requireFinite(values, dataset);
    return switch (kind) {
      case NONE -> Scaling.reals(values, dataset.shape().dimensions());
      case THRESHOLD -> {
        PreparationChecks.threshold(values, settings.threshold(), dataset.name());
        yield Scaling.realsAbove(values, dataset.shape().dimensions(), settings.threshold());
      }
      case STATIC, DYNAMIC ->
          throw new SettingException(
              "binarization",
              String.format(
                  Locale.ROOT,
                  "needs 8-bit pixels, but the values of %s are real numbers; read them as pixels"
                      + " with dataset.values = pixels if they are, or choose none or threshold",
                  dataset.name()));
    };
  }

  private Scaling scaling(byte[] pixels, Dataset dataset, Binarization kind) {
    int dimensions = dataset.shape().dimensions();
    return switch (kind) {
      case NONE -> Scaling.pixels(pixels, dimensions);
      case STATIC -> Scaling.drawn(pixels, dimensions, settings.binarizationSeed());
      case DYNAMIC -> Scaling.probabilities(pixels, dimensions);
      case THRESHOLD -> {
        if (settings.threshold() < 0 || settings.threshold() >= 1) {
          throw new SettingException(
              "threshold", "must be at least 0 and below 1, or all pixels become the same");
        }
        yield Scaling.pixelsAbove(pixels, dimensions, settings.threshold());
      }
    };
  }

  private static void requireFinite(float[] values, Dataset dataset) {
    int dimensions = dataset.shape().dimensions();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "dataset %s: value %d of example %d is %s, both counted from 0; values must be"
                    + " finite",
                dataset.name(),
                i % dimensions,
                i / dimensions,
                values[i]));
      }
    }
  }
}
