package org.largevae.networks.pixel;

/**
 * The sizes of a picture and of what its pixels' network is given and gives.
 *
 * @param channels C, of the picture
 * @param height H
 * @param width W
 * @param maps K, how many channels the latents are mapped to: C for each level
 * @param outputs how many numbers the network gives for a pixel: P for each of its C values
 */
record PixelSizes(int channels, int height, int width, int maps, int outputs) {}
