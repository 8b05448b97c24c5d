/**
 * What components are installed: providers found by {@link java.util.ServiceLoader}, by kind and
 * name. Knows no implementation by class.
 */
package org.largevae.runner.registry;
