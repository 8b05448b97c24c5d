package org.largevae.api.data;

/**
 * What a value of an example is: a column of a table or a pixel of a picture. An implementation is
 * a settings record, so that a saved model can name it; the kinds that come with the library are in
 * {@link ValueKinds}, a plugin brings others with a {@link ValueKindProvider}.
 */
public interface ValueKind {

  /**
   * The name by which configurations and saved models know the kind.
   *
   * @return lower-case words joined by hyphens, for example {@code grey-level}
   */
  String name();

  /**
   * Whether a value is one of this kind, as a model sees it.
   *
   * @param value any number, NaN included
   * @return false for what data of this kind cannot hold
   */
  boolean holds(float value);

  /**
   * What {@link #holds} asks for, for messages.
   *
   * @return a clause, for example {@code binary values are 0 or 1}
   */
  String rule();

  /**
   * A lower bound of the values.
   *
   * @return negative infinity unless overridden
   */
  default double lowest() {
    return Double.NEGATIVE_INFINITY;
  }

  /**
   * An upper bound of the values.
   *
   * @return positive infinity unless overridden
   */
  default double highest() {
    return Double.POSITIVE_INFINITY;
  }

  /**
   * Whether values can be listed, so that a likelihood gives probabilities and not densities.
   *
   * @return false unless overridden
   */
  default boolean isDiscrete() {
    return false;
  }

  /**
   * What stands in an array where a value is missing. A likelihood is finite there; the mask of the
   * batch takes it out of every sum.
   *
   * @return a value that {@link #holds} accepts, 0 unless overridden
   */
  default float filler() {
    return 0;
  }
}
