package org.largevae.runner.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.largevae.api.config.Settings;
import org.largevae.core.preparation.ExampleBlock;
import org.largevae.core.preparation.SplitPlaces;

/** Which part of a run's data each example is in. */
final class PartPlaces {
  /** By the examples' places; null for those that are in none. */
  private final DataPart[] parts;

  /** By the examples' places: where each is among the training examples, -1 for others. */
  private final long[] trainingPlaces;

  private PartPlaces(int size) {
    this.parts = new DataPart[size];
    this.trainingPlaces = new long[size];
    Arrays.fill(trainingPlaces, -1);
  }

  static PartPlaces of(SplitPlaces places) {
    int last =
        Stream.of(places.training(), places.validation(), places.test())
            .flatMapToInt(Arrays::stream)
            .max()
            .orElse(-1);
    PartPlaces parts = new PartPlaces(last + 1);
    parts.put(places.training(), DataPart.TRAINING);
    for (int i = 0; i < places.training().length; i++) {
      parts.trainingPlaces[places.training()[i]] = i;
    }
    parts.put(places.validation(), DataPart.VALIDATION);
    parts.put(places.test(), DataPart.TEST);
    return parts;
  }

  private void put(int[] places, DataPart part) {
    for (int place : places) {
      parts[place] = part;
    }
  }

  /** Those of a block that are in a part, or all; empty if none is. */
  Optional<RowBlock> of(ExampleBlock block, Optional<DataPart> kept) {
    List<Optional<DataPart>> found =
        IntStream.range(0, block.rows().length).mapToObj(i -> at(block.first() + i)).toList();
    int[] indices =
        IntStream.range(0, found.size())
            .filter(i -> kept.isEmpty() || found.get(i).equals(kept))
            .toArray();
    List<String> names =
        found.stream().map(part -> part.map(Settings::spelling).orElse("")).toList();
    List<Long> trained =
        IntStream.range(0, block.rows().length)
            .mapToObj(i -> trainingPlace(block.first() + i))
            .toList();
    return indices.length == 0
        ? Optional.empty()
        : Optional.of(RowBlock.of(block, names, trained, indices));
  }

  private long trainingPlace(long place) {
    return place < trainingPlaces.length ? trainingPlaces[(int) place] : -1;
  }

  private Optional<DataPart> at(long place) {
    return place < parts.length ? Optional.ofNullable(parts[(int) place]) : Optional.empty();
  }
}
