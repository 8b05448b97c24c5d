package org.largevae.networks;

import java.util.List;
import org.largevae.api.config.Settings;

/** Reads the key {@code hidden} that encoder and decoder share. */
final class HiddenLayers {
  private static final String KEY = "hidden";

  private HiddenLayers() {}

  /**
   * The sizes of the hidden layers.
   *
   * @param settings the network's section
   * @return at least one size, each at least 1
   * @throws org.largevae.api.config.ConfigurationException if the list is empty or a size below 1
   */
  static List<Integer> from(Settings settings) {
    List<Integer> sizes = settings.integers(KEY, 1);
    if (sizes.isEmpty()) {
      throw settings.fault(KEY, "must have at least one layer");
    }
    return sizes;
  }
}
