package org.largevae.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.largevae.api.component.Pass;
import org.largevae.api.distribution.LatentDistribution;
import org.largevae.api.distribution.Posterior;
import org.largevae.core.engine.FiniteValues;

/**
 * Follows a batch through a model, part by part, to the first value that is not finite.
 *
 * @param components the parts
 * @param parameters by their names
 * @param pass the present pass
 * @param prior the prior of this pass
 */
record ForwardTrace(
    Components components, Map<String, Parameter> parameters, Pass pass, LatentDistribution prior) {

  /** See {@link ModelPass#firstNotFinite}. */
  Optional<String> firstNotFinite(NDArray x, int samples) {
    for (Map.Entry<String, Parameter> parameter : parameters.entrySet()) {
      if (!FiniteValues.areAll(parameter.getValue().getArray())) {
        return Optional.of(
            "the parameter " + parameter.getKey() + " was no longer finite before this");
      }
    }
    if (!FiniteValues.areAll(x)) {
      return Optional.of("the data were not finite");
    }
    Components.Types types = components.types();
    Posterior posterior = components.encoder().encode(x, pass);
    NDArray z = posterior.sample(samples);
    Shape perDraw = new Shape(samples * x.getShape().get(0), z.getShape().get(2));
    NDArray rows = z.reshape(perDraw);
    return first("encoder", types.encoder(), "the means of q(z|x)", posterior.mean())
        .or(() -> first("encoder", types.encoder(), "draws from q(z|x)", z))
        .or(() -> first("encoder", types.encoder(), "log q(z|x)", posterior.logProb(z)))
        .or(() -> reconstruction(x, z, rows))
        .or(() -> prior(rows));
  }

  private Optional<String> reconstruction(NDArray x, NDArray z, NDArray rows) {
    Components.Types types = components.types();
    List<String> names = components.likelihood().parameterNames();
    NDList decoded = components.decoder().decode(rows, pass);
    NDList perDraw = new NDList(decoded.size());
    for (int i = 0; i < decoded.size(); i++) {
      String output = i < names.size() ? names.get(i) : String.valueOf(i);
      Optional<String> found =
          first("decoder", types.decoder(), "its output \"" + output + "\"", decoded.get(i));
      if (found.isPresent()) {
        return found;
      }
      Shape shape = z.getShape();
      perDraw.add(decoded.get(i).reshape(shape.get(0), shape.get(1), x.getShape().get(1)));
    }
    NDArray logProb = components.likelihood().logProb(x, perDraw, pass);
    return first("likelihood", types.likelihood(), "log p(x|z)", logProb);
  }

  /** A prior that encodes pseudo-inputs may owe its values to them or to the encoder. */
  private Optional<String> prior(NDArray rows) {
    Components.Types types = components.types();
    Optional<NDArray> points = components.prior().pseudoInputs(pass);
    return points
        .flatMap(u -> first("prior", types.prior(), "its pseudo-inputs", u))
        .or(
            () ->
                points.flatMap(
                    u ->
                        first(
                            "encoder",
                            types.encoder(),
                            "the means of the prior's pseudo-inputs",
                            components.encoder().encode(u, pass).mean())))
        .or(() -> first("prior", types.prior(), "log p(z)", prior.logProb(rows)));
  }

  private static Optional<String> first(String part, String type, String what, NDArray values) {
    return FiniteValues.areAll(values)
        ? Optional.empty()
        : Optional.of(
            String.format(Locale.ROOT, "first: %s, from the %s \"%s\"", what, part, type));
  }
}
