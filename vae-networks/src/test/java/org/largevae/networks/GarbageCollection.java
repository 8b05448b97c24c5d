package org.largevae.networks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Frees every buffer that nothing refers to and overwrites its memory. */
final class GarbageCollection {
  private static final int BUFFERS = 20_000;
  private static final int LARGEST = 64;

  private GarbageCollection() {}

  /** Collects, waits until buffers are freed, then fills freed memory with NaN. */
  static void force() {
    for (int i = 0; i < 2; i++) {
      System.gc();
      try {
        // the collector hands buffers to a thread that frees them
        Thread.sleep(20);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while buffers are freed", interrupted);
      }
    }
    List<ByteBuffer> filled = new ArrayList<>(BUFFERS);
    for (int i = 0; i < BUFFERS; i++) {
      ByteBuffer buffer =
          ByteBuffer.allocateDirect(8 + 8 * (i % (LARGEST / 8))).order(ByteOrder.nativeOrder());
      while (buffer.hasRemaining()) {
        buffer.putDouble(Double.NaN);
      }
      filled.add(buffer);
    }
    if (filled.size() != BUFFERS) {
      throw new IllegalStateException("the buffers must stay alive until here");
    }
  }
}
