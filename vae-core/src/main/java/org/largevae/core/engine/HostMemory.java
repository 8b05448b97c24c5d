package org.largevae.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** How the C library deals with the memory of arrays on the CPU. */
public final class HostMemory {
  /** Glibc learns from blocks of up to 32 MiB, its own header included. */
  private static final int LARGEST_LESSON = 31 << 20;

  private HostMemory() {}

  /**
   * Makes glibc keep memory that is freed, up to twice the size of a block freed here. A step frees
   * and allocates the same arrays again and again; by default their memory goes back to the kernel
   * in between, which clears every page that it hands out once more. The block is not written to,
   * so it costs nothing. Other C libraries do as they always do.
   *
   * @param manager any manager of the CPU
   */
  public static void keepFreed(NDManager manager) {
    try (NDArray block = manager.create(new Shape(LARGEST_LESSON), DataType.INT8)) {
      block.getShape();
    }
  }
}
