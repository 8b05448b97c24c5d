package org.largevae.runner.configuration;

import java.net.URL;

/**
 * An experiment that comes with a jar.
 *
 * @param name the name to run it by
 * @param description one line
 * @param location its HOCON text
 */
public record Preset(String name, String description, URL location) {}
