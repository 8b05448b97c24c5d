package org.largevae.runner.cli;

/** Settings that libraries read once, from system properties, when they are first used. */
final class EngineProperties {

  private EngineProperties() {}

  /**
   * Sets how many CPU threads PyTorch uses. Has no effect once the engine is loaded.
   *
   * @param threads at least 1
   */
  static void threads(int threads) {
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
    // DJL reports its use to its makers unless told not to
    set("OPT_OUT_TRACKING", "true");
  }

  /**
   * Sets a property that the user has not set.
   *
   * @param name its name
   * @param value its value
   */
  static void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
