package org.largevae.api.likelihood;

import java.util.function.BiFunction;
import org.largevae.api.component.Provider;
import org.largevae.api.data.DataDescription;

/**
 * A kind of likelihood. Configured as {@code model.likelihood { type = NAME }}.
 *
 * @param <S> its settings
 */
public abstract class LikelihoodProvider<S extends Record> extends Provider<S> {
  private final BiFunction<S, DataDescription, Likelihood> constructor;

  /**
   * A provider.
   *
   * @param name by which a configuration asks for the likelihood
   * @param description one line without a full stop
   * @param settings the record of its settings
   * @param constructor makes one from its settings and what the data are
   */
  protected LikelihoodProvider(
      String name,
      String description,
      Class<S> settings,
      BiFunction<S, DataDescription, Likelihood> constructor) {
    super(name, description, settings);
    this.constructor = constructor;
  }

  /**
   * Makes a likelihood.
   *
   * @param settings its settings
   * @param data what the examples are made of
   * @return the likelihood
   * @throws org.largevae.api.config.SettingException if a setting does not suit the data
   */
  public final Likelihood create(S settings, DataDescription data) {
    return constructor.apply(settings, data);
  }
}
