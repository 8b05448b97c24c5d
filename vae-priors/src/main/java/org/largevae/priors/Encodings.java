package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.largevae.api.component.Pass;

/**
 * Encodings of many points as state, made some at a time so that memory does not grow with them.
 */
final class Encodings {
  private static final int ROWS_AT_ONCE = 1000;

  /** Encodes some of the points. */
  interface RangeEncoder {
    /**
     * Encodes them.
     *
     * @param from the index of the first
     * @param to the index behind the last
     * @return an array of a row for each, for each array of the state
     */
    NDList encode(int from, int to);
  }

  private Encodings() {}

  /**
   * Encodes all points into the state.
   *
   * @param pass the current pass
   * @param state gets a row for each point
   * @param count how many points there are
   * @param encoder encodes some
   */
  static void refresh(Pass pass, List<Parameter> state, int count, RangeEncoder encoder) {
    List<NDList> parts = new ArrayList<>();
    for (int from = 0; from < count; from += ROWS_AT_ONCE) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        // copies of its own, to be closed: what was given may belong to somebody
        NDList part = copies(encoder.encode(from, Math.min(from + ROWS_AT_ONCE, count)));
        NDScope.unregister(part);
        parts.add(part);
      }
    }
    for (int i = 0; i < state.size(); i++) {
      int array = i;
      NDList rows = new NDList(parts.stream().map(part -> part.get(array)).toList());
      pass.assign(state.get(i), NDArrays.concat(rows, 0));
    }
    parts.forEach(NDList::close);
  }

  private static NDList copies(NDList arrays) {
    return new NDList(arrays.stream().map(NDArray::duplicate).toList());
  }
}
