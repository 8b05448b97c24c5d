package org.largevae.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.Internal;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.tensor.Tensors;

/**
 * What a network is given of examples, so that its inputs are of the size of 1 whatever they mean:
 * counts as log(1 + x), positive values as log x, an ordinal's levels centred with standard
 * deviation 1 if all were as frequent, and for each category c of a column {@code max(0, 1 - |x -
 * c|)}, which is 1 at the category and 0 at others, and has a gradient between them, for
 * pseudo-inputs. All other values are given as they are. What is missing gives 0.
 */
@Internal
public final class InputFeatures {
  private static final double SMALLEST = 1e-30;

  /** The places of the columns of each kind, in the order in which they are given; of one, none. */
  private final Map<ValueKind, List<Integer>> groups = new LinkedHashMap<>();

  private final int size;

  /**
   * Features.
   *
   * @param data what examples are made of
   */
  public InputFeatures(DataDescription data) {
    if (data.singleKind().isPresent()) {
      ValueKind only = data.singleKind().get();
      groups.put(isChanged(only) ? only : ValueKinds.REAL, List.of());
      this.size = Math.multiplyExact(data.dimensions(), width(only));
      return;
    }
    int count = 0;
    for (int value = 0; value < data.dimensions(); value++) {
      ValueKind kind = isChanged(data.kind(value)) ? data.kind(value) : ValueKinds.REAL;
      groups.computeIfAbsent(kind, fresh -> new ArrayList<>()).add(value);
      count += width(kind);
    }
    this.size = count;
  }

  private static int width(ValueKind kind) {
    return kind instanceof ValueKinds.Category several ? several.categories() : 1;
  }

  private static boolean isChanged(ValueKind kind) {
    return kind instanceof ValueKinds.Positive
        || kind instanceof ValueKinds.Count
        || kind instanceof ValueKinds.Category
        || kind instanceof ValueKinds.Ordinal;
  }

  /** F, how many there are of an example. */
  int size() {
    return size;
  }

  /**
   * The features of a batch.
   *
   * @param batch B examples
   * @return shape (B, F)
   */
  public NDArray of(Batch batch) {
    if (groups.size() == 1) {
      return features(groups.keySet().iterator().next(), batch.x(), batch.observed());
    }
    List<NDArray> parts = new ArrayList<>();
    groups.forEach(
        (kind, places) ->
            parts.add(
                features(
                    kind,
                    columns(batch.x(), places),
                    batch.observed().map(mask -> columns(mask, places)))));
    return LinearMap.sideBySide(parts);
  }

  private static NDArray columns(NDArray x, List<Integer> places) {
    NDManager manager = x.getManager();
    NDArray index = manager.create(places.stream().mapToLong(Integer::longValue).toArray());
    return Tensors.rows(x.transpose(), index).transpose();
  }

  private static NDArray features(ValueKind kind, NDArray x, Optional<NDArray> observed) {
    if (kind instanceof ValueKinds.Category several) {
      return indicators(x, observed, several.categories());
    }
    NDArray changed = x;
    if (kind instanceof ValueKinds.Positive) {
      changed = Tensors.clamp(x, SMALLEST, Float.MAX_VALUE).log();
    } else if (kind instanceof ValueKinds.Count) {
      changed = Tensors.clamp(x, 0, Float.MAX_VALUE).add(1).log();
    } else if (kind instanceof ValueKinds.Ordinal ordinal) {
      double levels = ordinal.levels();
      double deviation = Math.sqrt((levels * levels - 1) / 12);
      changed = Tensors.multiply(x.sub((levels - 1) / 2), 1 / deviation);
    }
    return observed.map(changed::mul).orElse(changed);
  }

  /** Shape (B, n) gives (B, n x categories). */
  private static NDArray indicators(NDArray x, Optional<NDArray> observed, int categories) {
    NDArray each = x.getManager().arange(categories).toType(x.getDataType(), false);
    NDArray distance = x.expandDims(2).sub(each).abs();
    NDArray near = distance.neg().add(1).getNDArrayInternal().relu();
    NDArray known = observed.map(mask -> near.mul(mask.expandDims(2))).orElse(near);
    return known.reshape(x.getShape().get(0), x.getShape().get(1) * categories);
  }
}
