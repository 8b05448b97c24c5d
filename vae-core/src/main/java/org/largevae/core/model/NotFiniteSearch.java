package org.largevae.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.largevae.api.data.Batch;
import org.largevae.api.distribution.Density;
import org.largevae.api.model.Bound;
import org.largevae.api.model.Draws;
import org.largevae.api.model.ModelPass;
import org.largevae.core.engine.FiniteValues;

/**
 * Follows a batch through a model, part by part, to the first value that is not finite. It draws as
 * {@link ModelPass#draw} does, so that under the same seed it meets the same values. Slow: only for
 * what has failed.
 *
 * @param model the model
 * @param pass its present pass
 */
public record NotFiniteSearch(ParameterizedModel model, ModelPass pass) {

  /**
   * Finds where the values of the bound first cease to be finite.
   *
   * @param batch the examples
   * @param samples S, at least 1
   * @return the component and what it gave, a clause for people; empty if all is finite
   */
  public Optional<String> first(Batch batch, int samples) {
    return first(batch, () -> pass.draw(batch, samples));
  }

  /**
   * Finds where the values of the bound first cease to be finite.
   *
   * @param batch the examples
   * @param drawing draws the latents
   * @return the component and what it gave, a clause for people; empty if all is finite
   */
  public Optional<String> first(Batch batch, Supplier<Draws> drawing) {
    for (Map.Entry<String, Parameter> parameter : model.parameters().entrySet()) {
      if (!FiniteValues.areAll(parameter.getValue().getArray())) {
        return Optional.of(
            "the parameter " + parameter.getKey() + " was no longer finite before this");
      }
    }
    if (!FiniteValues.areAll(batch.x())) {
      return Optional.of("the data were not finite");
    }
    Draws draws = drawing.get();
    return encodings(batch, draws)
        .or(() -> reconstruction(draws))
        .or(this::pseudoInputs)
        .or(() -> prior(draws));
  }

  private Optional<String> encodings(Batch batch, Draws draws) {
    return first("encoder", "the means of q(z|x)", pass.encode(batch).levels())
        .or(() -> first("encoder", "draws from q(z|x)", draws.latents().levels()));
  }

  private Optional<String> reconstruction(Draws draws) {
    Density decoded = pass.decode(draws.latents());
    if (!decoded.hasMean()) {
      // what the decoder gives is seen in log p(x|z) alone
      return logPosterior(draws)
          .or(() -> first("decoder", "log p(x|z)", List.of(draws.bound().reconstruction())));
    }
    return first("decoder", "the mean of p(x|z)", List.of(decoded.mean()))
        .or(() -> logPosterior(draws))
        .or(() -> first("likelihood", "log p(x|z)", List.of(draws.bound().reconstruction())));
  }

  private Optional<String> logPosterior(Draws draws) {
    List<NDArray> logs =
        draws.bound().levels().stream().map(level -> level.draw().logProb()).toList();
    return first("encoder", "log q(z|x)", logs);
  }

  /** A prior that encodes pseudo-inputs may owe its values to them or to the encoder. */
  private Optional<String> pseudoInputs() {
    Optional<NDArray> points = pass.pseudoInputs();
    return points
        .flatMap(u -> first("prior", "its pseudo-inputs", List.of(u)))
        .or(
            () ->
                points.flatMap(
                    u ->
                        first(
                            "encoder",
                            "the means of the prior's pseudo-inputs",
                            pass.encode(Batch.of(u)).levels())));
  }

  private Optional<String> prior(Draws draws) {
    List<NDArray> logs = draws.bound().levels().stream().map(Bound.Level::logPrior).toList();
    return first("prior", "log p(z)", logs);
  }

  private Optional<String> first(String part, String what, List<NDArray> levels) {
    for (int index = 0; index < levels.size(); index++) {
      if (!FiniteValues.areAll(levels.get(index))) {
        int level = levels.size() - index;
        String component = component(part, level, levels.size());
        return Optional.of(
            String.format(
                Locale.ROOT,
                "first: %s%s, from the %s \"%s\"",
                what,
                levels.size() == 1 ? "" : " of level " + level,
                component,
                model.type(component)));
      }
    }
    return Optional.empty();
  }

  /** A level may have one of its own; below the top its prior is a conditional one. */
  private String component(String part, int level, int depth) {
    Set<String> own = model.model().components().keySet();
    String conditional = depth > 1 && level < depth ? "conditional-" + part : part;
    return Stream.of(part + "-" + level, conditional + "-" + level, conditional, part)
        .filter(own::contains)
        .findFirst()
        .orElse(part);
  }
}
