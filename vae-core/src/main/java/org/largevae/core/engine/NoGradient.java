package org.largevae.core.engine;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Switches gradients off in this thread until it is closed. DJL switches them off only in the
 * thread that started the engine; in any other, inference would keep whole graphs alive.
 */
public final class NoGradient implements AutoCloseable {
  private final boolean before;

  /** Switches gradients off. */
  public NoGradient() {
    before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
  }

  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
