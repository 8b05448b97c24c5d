package org.largevae.runner.sweep;

import com.typesafe.config.Config;
import org.largevae.runner.configuration.Experiment;

/**
 * An experiment of a sweep that is run, once.
 *
 * @param name names its run and its folder
 * @param experiment what is run
 * @param identity what makes it the same as another: its configuration without what changes no
 *     result
 * @param threadsGiven whether the sweep's author chose its threads
 */
public record Member(String name, Experiment experiment, Config identity, boolean threadsGiven) {

  /**
   * How long it trains.
   *
   * @return epochs at the most
   */
  public int epochs() {
    return experiment.training().epochs();
  }
}
