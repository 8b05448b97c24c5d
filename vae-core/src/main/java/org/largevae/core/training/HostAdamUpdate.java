package org.largevae.core.training;

import ai.djl.ndarray.NDArray;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Adam in one pass over a float32 parameter in the computer's own memory. The engine's operations
 * would make about a dozen passes. The JVM computes with vector instructions on Java arrays only,
 * so the moments are kept in such, cut into blocks, and blocks of the parameter and its gradient
 * are copied to one that stays in the processor's nearest cache.
 */
final class HostAdamUpdate implements AdamUpdate {
  private static final int BLOCK = 256;

  private final float[][] firsts;
  private final float[][] seconds;
  private final float[] weights = new float[BLOCK];
  private final float[] gradients = new float[BLOCK];

  /**
   * Starts with moments of zero.
   *
   * @param size the number of values in the parameter
   */
  HostAdamUpdate(long size) {
    int blocks = Math.toIntExact((size + BLOCK - 1) / BLOCK);
    firsts = new float[blocks][BLOCK];
    seconds = new float[blocks][BLOCK];
  }

  @Override
  public void apply(NDArray weight, NDArray gradient, float gradientScale, Step step) {
    FloatBuffer w = view(weight);
    FloatBuffer g = view(gradient);
    for (int block = 0; block < firsts.length; block++) {
      int from = block * BLOCK;
      int length = Math.min(BLOCK, w.limit() - from);
      w.get(from, weights, 0, length);
      g.get(from, gradients, 0, length);
      update(weights, gradients, firsts[block], seconds[block], gradientScale, step);
      w.put(from, weights, 0, length);
    }
  }

  /** A whole block, of which the last may have values that mean nothing. */
  private static void update(
      float[] weights, float[] gradients, float[] firsts, float[] seconds, float scale, Step step) {
    float rate = step.rate();
    float beta1 = step.beta1();
    float beta2 = step.beta2();
    float epsilon = step.epsilon();
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = 0; i < BLOCK; i++) {
      float gradient = gradients[i] * scale;
      float first = beta1 * firsts[i] + rest1 * gradient;
      float second = beta2 * seconds[i] + rest2 * gradient * gradient;
      firsts[i] = first;
      seconds[i] = second;
      weights[i] -= rate * first / ((float) Math.sqrt(second) + epsilon);
    }
  }

  @Override
  public void saveMoments(NDArray first, NDArray second) {
    copy(firsts, view(first), true);
    copy(seconds, view(second), true);
  }

  @Override
  public void loadMoments(NDArray first, NDArray second) {
    copy(firsts, view(first), false);
    copy(seconds, view(second), false);
  }

  private static void copy(float[][] blocks, FloatBuffer array, boolean toArray) {
    for (int block = 0; block < blocks.length; block++) {
      int from = block * BLOCK;
      int length = Math.min(BLOCK, array.limit() - from);
      if (toArray) {
        array.put(from, blocks[block], 0, length);
      } else {
        array.get(from, blocks[block], 0, length);
      }
    }
  }

  /** The array's own memory, not a copy. */
  private static FloatBuffer view(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
