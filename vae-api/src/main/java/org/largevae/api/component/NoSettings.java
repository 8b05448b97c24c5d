package org.largevae.api.component;

/** The settings of a component that has none. */
public record NoSettings() {}
