package org.largevae.runner.training;

import ai.djl.ndarray.NDArray;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Adam in one pass over float32 arrays in the computer's own memory. The engine's operations would
 * make about a dozen passes. Blocks are copied to small Java arrays, which stay in the processor's
 * cache and which the JVM computes on with vector instructions.
 */
final class HostAdamUpdate implements AdamUpdate {
  private static final int BLOCK = 2048;

  private final float[] weights = new float[BLOCK];
  private final float[] gradients = new float[BLOCK];
  private final float[] firsts = new float[BLOCK];
  private final float[] seconds = new float[BLOCK];
  private final float[] zeros = new float[BLOCK];

  @Override
  public void apply(
      NDArray weight,
      NDArray gradient,
      NDArray first,
      NDArray second,
      float gradientScale,
      Step step) {
    FloatBuffer w = view(weight);
    FloatBuffer g = view(gradient);
    FloatBuffer m = view(first);
    FloatBuffer v = view(second);
    for (int from = 0; from < w.limit(); from += BLOCK) {
      int length = Math.min(BLOCK, w.limit() - from);
      w.get(from, weights, 0, length);
      g.get(from, gradients, 0, length);
      m.get(from, firsts, 0, length);
      v.get(from, seconds, 0, length);
      block(length, gradientScale, step.rate(), step.beta1(), step.beta2(), step.epsilon());
      w.put(from, weights, 0, length);
      g.put(from, zeros, 0, length);
      m.put(from, firsts, 0, length);
      v.put(from, seconds, 0, length);
    }
  }

  private void block(int length, float scale, float rate, float beta1, float beta2, float epsilon) {
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = 0; i < length; i++) {
      float gradient = gradients[i] * scale;
      float first = beta1 * firsts[i] + rest1 * gradient;
      float second = beta2 * seconds[i] + rest2 * gradient * gradient;
      firsts[i] = first;
      seconds[i] = second;
      weights[i] -= rate * first / ((float) Math.sqrt(second) + epsilon);
    }
  }

  /** The array's own memory, not a copy. */
  private static FloatBuffer view(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
