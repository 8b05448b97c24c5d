package org.largevae.api.likelihood;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Set;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Support;

/**
 * A likelihood p(x|z) that treats the D values of an example as independent given the decoder's
 * output. The decoder gives one unconstrained array for each of {@link #parameterNames()}; this
 * constrains them.
 */
public interface Likelihood extends Component {

  /**
   * The parameters that each of the D values needs, for example {@code logits}.
   *
   * @return at least one name; the decoder gives arrays in this order
   */
  List<String> parameterNames();

  /**
   * The kinds of data this is a likelihood for.
   *
   * @return at least one
   */
  Set<Support> supports();

  /**
   * Log-density, or log-probability where the data are discrete: natural log, constants included.
   *
   * @param x examples, shape (B, D)
   * @param parameters the decoder's arrays, each of shape (B, D) or (S, B, D)
   * @param pass the present pass
   * @return summed over the D values, in nats, shape (B) or (S, B)
   */
  NDArray logProb(NDArray x, NDList parameters, Pass pass);

  /**
   * The expected example.
   *
   * @param parameters the decoder's arrays, each of shape (..., D)
   * @param pass the present pass
   * @return shape (..., D)
   */
  NDArray mean(NDList parameters, Pass pass);

  /**
   * One example drawn for each row; its values lie in the support.
   *
   * @param parameters the decoder's arrays, each of shape (..., D)
   * @param pass the present pass
   * @return shape (..., D)
   */
  NDArray sample(NDList parameters, Pass pass);
}
