package org.largevae.likelihoods;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.config.SettingsSchema;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.ShapeException;

/**
 * Tables whose columns are of several kinds (Nazabal et al. 2020, arXiv:1807.03653): independent
 * values, those of each kind under a likelihood of their own. Binary columns are {@link Bernoulli},
 * positive ones {@link LogNormal}, categories {@link Categorical}, ordinal levels {@link
 * OrderedLogit}; of real columns and counts the settings decide.
 *
 * <p>It starts well where real columns have mean 0 and standard deviation 1, and positive ones a
 * geometric mean of 1.
 */
public final class Columns implements Likelihood {
  private final ColumnsSettings settings;
  private final int dimensions;
  private final List<ColumnGroup> groups = new ArrayList<>();
  private final Map<String, Likelihood> trained = new LinkedHashMap<>();
  private final Optional<Block> block;

  /**
   * A likelihood.
   *
   * @param settings the likelihoods of the kinds
   * @param data what the examples are made of
   * @throws IllegalArgumentException if a setting is out of bounds
   */
  public Columns(ColumnsSettings settings, DataDescription data) {
    this.settings = SettingsSchema.check(settings);
    this.dimensions = data.dimensions();
    Map<ValueKind, List<Integer>> places = new LinkedHashMap<>();
    for (int d = 0; d < dimensions; d++) {
      // what has no likelihood here is refused by supports()
      if (supports(data.kind(d))) {
        places.computeIfAbsent(data.kind(d), kind -> new ArrayList<>()).add(d);
      }
    }
    places.forEach((kind, of) -> add(kind, of, data));
    this.block =
        trained.isEmpty() ? Optional.empty() : Optional.of(new BlocksByName(blocks(trained)));
  }

  /**
   * A likelihood with the default settings.
   *
   * @param data what the examples are made of
   */
  public Columns(DataDescription data) {
    this(SettingsSchema.of(ColumnsSettings.class).defaultValues(), data);
  }

  private void add(ValueKind kind, List<Integer> places, DataDescription data) {
    Likelihood likelihood = likelihood(kind, part(data, places));
    groups.add(new ColumnGroup(likelihood, places.stream().mapToInt(d -> d).toArray()));
    // one of its kind alone has parameters, so that the kind's name is unique
    likelihood.block().ifPresent(own -> trained.put(kind.name(), likelihood));
  }

  private static DataDescription part(DataDescription data, List<Integer> places) {
    return DataDescription.of(
        places.stream()
            .map(d -> new Column("column " + d, data.kind(d), data.mayBeMissing(d)))
            .toList());
  }

  private Likelihood likelihood(ValueKind kind, DataDescription part) {
    if (kind.equals(ValueKinds.REAL)) {
      return switch (settings.real()) {
        case GAUSSIAN -> new Gaussian(settings.gaussian(), part);
        case STUDENT_T -> new StudentT(part);
        case LAPLACE -> new Laplace(part);
      };
    }
    if (kind.equals(ValueKinds.COUNT)) {
      return switch (settings.count()) {
        case NEGATIVE_BINOMIAL -> new NegativeBinomial(part);
        case POISSON -> new Poisson(part);
        case ZERO_INFLATED_NEGATIVE_BINOMIAL -> new ZeroInflatedNegativeBinomial(part);
      };
    }
    if (kind.equals(ValueKinds.POSITIVE)) {
      return new LogNormal(part);
    }
    if (kind.equals(ValueKinds.BINARY)) {
      return new Bernoulli(part);
    }
    return kind instanceof ValueKinds.Category ? new Categorical(part) : new OrderedLogit(part);
  }

  private static Map<String, Block> blocks(Map<String, Likelihood> parts) {
    Map<String, Block> blocks = new LinkedHashMap<>();
    parts.forEach((name, part) -> blocks.put(name, part.block().orElseThrow()));
    return blocks;
  }

  /**
   * The numbers of the kinds one after the other, in the order of their first columns; those of a
   * kind are the P numbers of its D columns, row by row.
   */
  @Override
  public Shape parameters() {
    return new Shape(groups.stream().mapToLong(ColumnGroup::size).sum());
  }

  @Override
  public boolean supports(ValueKind kind) {
    return List.of(ValueKinds.REAL, ValueKinds.COUNT, ValueKinds.POSITIVE, ValueKinds.BINARY)
            .contains(kind)
        || kind instanceof ValueKinds.Category
        || kind instanceof ValueKinds.Ordinal;
  }

  @Override
  public Optional<Block> block() {
    return block;
  }

  @Override
  public void initialize(Start start) {
    trained.values().forEach(part -> part.initialize(start));
  }

  @Override
  public Factorised of(NDArray parameters, Pass pass) {
    Shape shape = parameters.getShape();
    int last = shape.dimension() - 1;
    if (last < 0 || shape.get(last) != parameters().get(0)) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "the columns likelihood needs parameters of shape (..., %d), those of each kind after"
                  + " the other, not %s",
              parameters().get(0),
              shape));
    }
    List<Factorised> parts = new ArrayList<>();
    long from = 0;
    for (ColumnGroup group : groups) {
      long to = from + group.size();
      NDArray own = parameters.get(new NDIndex("..., " + from + ":" + to));
      Shape of = shape.slice(0, last).addAll(group.likelihood().parameters());
      parts.add((Factorised) group.likelihood().of(own.reshape(of), pass));
      from = to;
    }
    int[] order = groups.stream().flatMapToInt(group -> IntStream.of(group.places())).toArray();
    return new MixedColumns(parts, order);
  }

  /** The columns of one kind. */
  private record ColumnGroup(Likelihood likelihood, int[] places) {
    long size() {
      return likelihood.parameters().size();
    }
  }
}
