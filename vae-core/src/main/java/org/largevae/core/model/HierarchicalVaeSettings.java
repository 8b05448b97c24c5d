package org.largevae.core.model;

import java.util.List;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;

/**
 * The settings of a {@link HierarchicalVae} beside those of its parts.
 *
 * @param latentSizes the number of latents of each level, top first, at least two levels
 */
public record HierarchicalVaeSettings(
    @Setting(
            value = "[40, 40]",
            atLeast = 1,
            meaning = "the number of latents of each level, top first, at least two levels")
        List<Integer> latentSizes) {

  /**
   * Copies the list.
   *
   * @throws SettingException if there is but one level
   */
  public HierarchicalVaeSettings {
    latentSizes = List.copyOf(latentSizes);
    if (latentSizes.size() < 2) {
      throw new SettingException(
          "latent-sizes", "must name two levels or more; for one level use model.type = vae");
    }
  }
}
