package org.largevae.core.preparation;

import java.util.List;
import org.largevae.api.config.Setting;
import org.largevae.core.table.ColumnSettings;
import org.largevae.core.table.Mapping;

/**
 * The keys of the section {@code dataset} that are common to all datasets.
 *
 * @param split training, validation, test
 * @param splitOrder which examples go where
 * @param splitSeed of a shuffled order
 * @param binarization how values become 0 or 1
 * @param binarizationSeed of static binarisation
 * @param threshold of binarisation by threshold
 * @param standardize whether a model sees values on a fitted scale
 * @param mapped whether a table's values are kept in a file, and pictures' as bytes
 * @param columns what the columns of a table are
 */
public record PreparationSettings(
    @Setting(
            value = "[0.8, 0.1, 0.1]",
            meaning = "training, validation and test: fractions that sum to 1, or counts above 1")
        List<Double> split,
    @Setting(
            value = "shuffled",
            meaning =
                "shuffled; given: the published order, test examples from its end; or test-last:"
                    + " test examples from its end, the others shuffled")
        SplitOrder splitOrder,
    @Setting(value = "1", meaning = "the seed of an order that is shuffled") long splitSeed,
    @Setting(
            value = "none",
            meaning = "how values become 0 or 1, if they do: drawn once, anew each epoch, or cut")
        Binarization binarization,
    @Setting(value = "1", meaning = "the seed of binarisation") long binarizationSeed,
    @Setting(
            value = "0.5",
            meaning = "what a pixel divided by 255, or a real value, must be above to become 1")
        double threshold,
    @Setting(
            value = "auto",
            meaning =
                "whether a model sees real and positive values on a scale fitted to the training"
                    + " part, and results are in the data's own units; auto: for a table")
        Standardize standardize,
    @Setting(
            value = "auto",
            meaning =
                "whether a table's values are kept in a temporary file instead of in memory, and"
                    + " those of pictures that are not drawn at random as bytes, with the same"
                    + " results; auto: where they take more than a quarter of Java's")
        Mapping mapped,
    @Setting(meaning = "what the columns of a table are; those that no key names are guessed")
        ColumnSettings columns) {

  /** Checks the split. */
  public PreparationSettings {
    split = List.copyOf(split);
    Split.of(split);
  }
}
