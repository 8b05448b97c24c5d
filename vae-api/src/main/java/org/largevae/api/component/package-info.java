/**
 * What all components share: parameters, their start, a forward pass, and the provider that makes
 * them. The kinds of component have packages of their own.
 */
package org.largevae.api.component;
