package org.largevae.api.component;

import org.largevae.api.Internal;

/** Classes as messages call them. */
@Internal
public final class ClassNames {

  private ClassNames() {}

  /**
   * A class as it is called in every process.
   *
   * @param type any class
   * @return its simple name; of one without, an anonymous class or a lambda, the name of the class
   *     around it with what Java adds, but for numbers that differ from run to run
   */
  public static String of(Class<?> type) {
    if (!type.isHidden() && !type.isAnonymousClass()) {
      return type.getSimpleName();
    }
    String name = type.getName().substring(type.getPackageName().length() + 1);
    int lambda = name.indexOf("$$Lambda");
    return lambda < 0 ? name : name.substring(0, lambda) + "$$Lambda";
  }
}
