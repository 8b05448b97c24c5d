/**
 * What has to be known about DJL's PyTorch engine: devices, seeds, when gradients are kept, and the
 * scope that keeps them right. Nothing here knows models.
 */
package org.largevae.runner.engine;
