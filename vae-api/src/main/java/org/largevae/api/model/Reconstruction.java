package org.largevae.api.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Locale;
import org.largevae.api.component.ClassNames;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.tensor.Tensors;

/** The term log p(x|z) of a bound, for models. */
public final class Reconstruction {

  private Reconstruction() {}

  /**
   * The log-density of what is observed, in the data's own unit: that of the values that a model
   * sees, less the logs of their scales' spreads.
   *
   * @param decoded p(x|z), a batch (..., B) over (D)
   * @param batch B examples
   * @param data what they are made of
   * @return in nats, shape (..., B)
   * @throws ConfigurationException if values are missing and the likelihood does not treat values
   *     as independent
   */
  public static NDArray logLikelihood(Density decoded, Batch batch, DataDescription data) {
    NDArray found = ofObserved(decoded, batch);
    if (!data.isScaled()) {
      return found;
    }
    NDManager manager = batch.x().getManager();
    double[] logSpreads = new double[data.dimensions()];
    double sum = 0;
    for (int value = 0; value < logSpreads.length; value++) {
      logSpreads[value] = Math.log(data.scale(value).spread());
      sum += logSpreads[value];
    }
    if (batch.observed().isEmpty()) {
      return found.sub(sum);
    }
    NDArray spreads = manager.create(logSpreads).toType(batch.x().getDataType(), false);
    return found.sub(Tensors.sumLast(batch.observed().get().mul(spreads)));
  }

  /**
   * Refuses a likelihood that is none for the data.
   *
   * @param likelihood p(x|z)
   * @param data what the examples are made of
   * @throws ConfigurationException if it is none of the values of some kind
   */
  public static void requireSupport(Likelihood likelihood, DataDescription data) {
    for (int value = 0; value < data.dimensions(); value++) {
      ValueKind kind = data.kind(value);
      if (!likelihood.supports(kind)) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "%s is not a likelihood of %s values; choose another, or describe the data"
                    + " otherwise",
                ClassNames.of(likelihood.getClass()),
                kind.name()));
      }
    }
  }

  private static NDArray ofObserved(Density decoded, Batch batch) {
    if (batch.observed().isEmpty()) {
      return decoded.logProb(batch.x());
    }
    if (!(decoded instanceof Factorised independent)) {
      throw new ConfigurationException(
          "values are missing in the data, but the likelihood "
              + ClassNames.of(decoded.getClass())
              + " cannot leave single values out; choose a likelihood that treats values as"
              + " independent");
    }
    NDArray each = independent.logProbEach(batch.x());
    return Tensors.sumLast(each.mul(batch.observed().get()));
  }
}
