package org.largevae.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Frees what is unreachable, and fills the freed memory with NaN so that a later read shows. */
final class GarbageCollection {
  private static final int ROUNDS = 3;
  private static final int BUFFERS = 2000;

  /** The bits of a float that is NaN; two in a row are a double that is NaN. */
  private static final int NOT_A_NUMBER = 0x7FFFFFFF;

  private GarbageCollection() {}

  /** Collects, waits for buffers to be freed, and overwrites their memory. */
  static void force() {
    List<ByteBuffer> filled = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      System.gc();
      pause();
      for (int i = 0; i < BUFFERS; i++) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        filled.add(buffer.putInt(0, NOT_A_NUMBER).putInt(4, NOT_A_NUMBER));
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
