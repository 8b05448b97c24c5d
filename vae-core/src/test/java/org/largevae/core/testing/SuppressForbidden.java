package org.largevae.core.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lets a test call an operation that the build forbids, to show what happens then. */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface SuppressForbidden {

  /**
   * Why the call is needed.
   *
   * @return the reason
   */
  String value();
}
