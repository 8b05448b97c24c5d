package org.largevae.api.data;

import org.largevae.api.component.Provider;

/**
 * Brings a kind of value by which configurations and saved models name it. The kind is its own
 * settings record.
 *
 * @param <K> the kind
 */
public abstract class ValueKindProvider<K extends Record & ValueKind> extends Provider<K> {

  /**
   * A provider.
   *
   * @param name the kind's {@link ValueKind#name()}
   * @param description one line without a full stop
   * @param kind the record
   */
  protected ValueKindProvider(String name, String description, Class<K> kind) {
    super(name, description, kind);
  }
}
