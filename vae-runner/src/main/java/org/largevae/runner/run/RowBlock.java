package org.largevae.runner.run;

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
 */
public record RowBlock(
    List<Long> places,
    float[][] rows,
    List<String> identifiers,
    List<String> labels,
    List<String> parts) {

  static RowBlock of(ExampleBlock block) {
    return of(block, List.of(), IntStream.range(0, block.rows().length).toArray());
  }

  /** Some of a block's examples, by their indices in it. */
  static RowBlock of(ExampleBlock block, List<String> parts, int[] kept) {
    return new RowBlock(
        IntStream.of(kept).mapToObj(i -> block.first() + i).toList(),
        IntStream.of(kept).mapToObj(i -> block.rows()[i]).toArray(float[][]::new),
        some(block.identifiers(), kept),
        some(block.labels(), kept),
        some(parts, kept));
  }

  private static List<String> some(List<String> texts, int[] kept) {
    return texts.isEmpty() ? texts : IntStream.of(kept).mapToObj(texts::get).toList();
  }
}
