package org.largevae.runner.run;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.largevae.core.preparation.ExampleBlock;

/**
 * Some examples of a file or of a run's own data, in their order.
 *
 * @param places where each stands, from 0
 * @param rows B x D values in the data's own units, NaN where one is missing; at least one example
 * @param identifiers B names; empty where the data have none
 * @param labels B classes; empty where the data have none
 * @param parts of the run's own data that each is in, empty text where it is in none; no texts for
 *     another file
 * @param trainingPlaces of each among the training examples, -1 for one that is none of them
 */
public record RowBlock(
    List<Long> places,
    float[][] rows,
    List<String> identifiers,
    List<String> labels,
    List<String> parts,
    List<Long> trainingPlaces) {

  static RowBlock of(ExampleBlock block) {
    int count = block.rows().length;
    List<Long> none = Collections.nCopies(count, -1L);
    return of(block, List.of(), none, IntStream.range(0, count).toArray());
  }

  /** Some of a block's examples, by their indices in it. */
  static RowBlock of(
      ExampleBlock block, List<String> parts, List<Long> trainingPlaces, int[] kept) {
    return new RowBlock(
        IntStream.of(kept).mapToObj(i -> block.first() + i).toList(),
        IntStream.of(kept).mapToObj(i -> block.rows()[i]).toArray(float[][]::new),
        some(block.identifiers(), kept),
        some(block.labels(), kept),
        some(parts, kept),
        some(trainingPlaces, kept));
  }

  private static <T> List<T> some(List<T> values, int[] kept) {
    return values.isEmpty() ? values : IntStream.of(kept).mapToObj(values::get).toList();
  }
}
