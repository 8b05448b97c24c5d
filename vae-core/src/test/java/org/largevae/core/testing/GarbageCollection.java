package org.largevae.core.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Frees what is unreachable, and fills the freed memory with NaN so that a later read shows. */
public final class GarbageCollection {
  private static final int ROUNDS = 3;
  private static final int BUFFERS = 2000;

  private GarbageCollection() {}

  /** Collects, waits for buffers to be freed, and overwrites their memory. */
  public static void force() {
    List<ByteBuffer> filled = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      System.gc();
      pause();
      for (int i = 0; i < BUFFERS; i++) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        buffer.putDouble(0, Double.NaN);
        filled.add(buffer);
      }
    }
    if (filled.size() != ROUNDS * BUFFERS) {
      throw new IllegalStateException("buffers were not made");
    }
  }

  /** Direct buffers are freed by a thread of the JVM's own some time after a collection. */
  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
