package org.largevae.api.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One setting of a component: a component of a settings record. Its key is the record component's
 * name with hyphens, {@code pseudoInputs} is {@code pseudo-inputs}. Types are {@code int}, {@code
 * long}, {@code double}, {@code boolean}, {@code String}, an enum (written in lower case with
 * hyphens), {@code List} of {@code Integer}, {@code Double} or {@code String}, {@code Optional} of
 * one of these, and another settings record, which is a section.
 *
 * <pre>{@code
 * public record LaplaceSettings(
 *     @Setting(value = "1", above = 0, meaning = "scale of each latent") double scale) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** The value of {@link #value} for a setting that a user has to give. */
  String REQUIRED = "\0required";

  /**
   * The default, as it is written in a configuration: {@code 500}, {@code [300, 300]}, {@code
   * training-data}. {@link #REQUIRED} where there is none; an {@code Optional} is empty and a
   * section has its own defaults without.
   *
   * @return HOCON text
   */
  String value() default REQUIRED;

  /**
   * What the setting means, for people.
   *
   * @return a clause without a full stop
   */
  String meaning();

  /**
   * The smallest allowed number, also for each number in a list.
   *
   * @return inclusive
   */
  double atLeast() default Double.NEGATIVE_INFINITY;

  /**
   * The greatest allowed number, also for each number in a list.
   *
   * @return inclusive
   */
  double atMost() default Double.POSITIVE_INFINITY;

  /**
   * What a number must be above, also each number in a list.
   *
   * @return exclusive
   */
  double above() default Double.NEGATIVE_INFINITY;

  /**
   * What a number must be below, also each number in a list.
   *
   * @return exclusive
   */
  double below() default Double.POSITIVE_INFINITY;

  /**
   * Whether a list may have no entry.
   *
   * @return false unless set
   */
  boolean mayBeEmpty() default false;
}
