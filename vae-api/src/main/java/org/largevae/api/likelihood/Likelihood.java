package org.largevae.api.likelihood;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.Density;

/**
 * A family of distributions of examples, p(x|z): what a decoder's output means. A family that
 * treats the values of an example as independent returns a {@link
 * org.largevae.api.distribution.Factorised} density, and only such a family can be used where
 * values are missing.
 */
public interface Likelihood extends Component {

  /**
   * The unconstrained numbers that it needs for one example.
   *
   * @return (P, D) for P numbers a value, such as mean and log variance; any other shape for a
   *     family that lays them out itself
   */
  Shape parameters();

  /**
   * Whether it is a family for values of a kind.
   *
   * @param kind of a value of an example
   * @return true if values of this kind have a density or probability here
   */
  boolean supports(ValueKind kind);

  /**
   * The distributions that a decoder's output stands for.
   *
   * @param parameters unconstrained, shape (..., {@link #parameters()})
   * @param pass the current pass
   * @return a batch (...) over (D)
   * @throws org.largevae.api.tensor.ShapeException if the parameters are of another shape
   */
  Density of(NDArray parameters, Pass pass);

  /**
   * The same family over other values of the same kind, for decoders that draw an example value by
   * value.
   *
   * @param count how many values, at least 1
   * @return a likelihood that needs the same numbers for each of them, {@code (P, count)}, and has
   *     the same trained parameters; empty, unless overridden, for a family whose values are not
   *     all alike or depend on each other
   */
  default Optional<Likelihood> ofValues(int count) {
    return Optional.empty();
  }
}
