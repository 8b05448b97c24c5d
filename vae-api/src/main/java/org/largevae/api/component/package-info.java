/**
 * What all components have in common: parameters and the values they start from, a forward pass,
 * and the provider that makes them. Each kind of component has a package of its own.
 */
package org.largevae.api.component;
