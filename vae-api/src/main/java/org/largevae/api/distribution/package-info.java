/**
 * Distributions over latents: what an encoder returns for a batch, and what a prior is during one
 * pass. Families that several components need live here; others beside their component.
 */
package org.largevae.api.distribution;
