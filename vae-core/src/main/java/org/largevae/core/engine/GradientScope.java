package org.largevae.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A scope to open around forward and backward. Like {@link NDScope} it closes every array made in
 * its thread; besides, it keeps alive the Java buffers that arrays were made from.
 *
 * <p>DJL's scalar operands are arrays over such buffers. {@code mul(Number)} closes its operand at
 * once while the graph still refers to the memory; a garbage collection before backward then frees
 * it, and gradients are silently wrong. A plugin's author cannot be trusted to know that, so the
 * buffers are kept here until the step is over. DJL offers no hook for it: the scope's table is
 * replaced by one that takes note, through two private fields.
 */
public final class GradientScope extends NDScope {
  private static final Field RESOURCES = field(NDScope.class, "resources");
  private static final Field BUFFER = field(PtNDArray.class, "dataRef");

  private final List<Object> buffers = new ArrayList<>();
  private final RecordingTable arrays = new RecordingTable(buffers);

  /** Opens the scope in this thread. */
  public GradientScope() {
    try {
      RESOURCES.set(this, arrays);
    } catch (IllegalAccessException failure) {
      throw new IllegalStateException("cannot watch the scope's arrays", failure);
    }
  }

  /**
   * Closes what the forward pass made, but for the loss. Backward then frees each array as soon as
   * it has used it, and works on memory that is still in the processor's cache. The buffers stay.
   *
   * @param loss stays open until the scope is closed
   */
  public void keepOnly(NDArray loss) {
    arrays.remove(loss);
    arrays.keySet().forEach(NDArray::close);
    arrays.clear();
    arrays.put(loss, loss);
  }

  @Override
  public void close() {
    super.close();
    buffers.clear();
  }

  private static Field field(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException failure) {
      throw new IllegalStateException(
          owner.getName()
              + " has no field "
              + name
              + "; this version of DJL cannot be used for training",
          failure);
    }
  }

  private static final class RecordingTable extends IdentityHashMap<NDArray, NDArray> {
    private static final long serialVersionUID = 1L;
    private final transient List<Object> buffers;

    RecordingTable(List<Object> buffers) {
      this.buffers = buffers;
    }

    @Override
    public NDArray put(NDArray key, NDArray value) {
      try {
        Object buffer = key instanceof PtNDArray ? BUFFER.get(key) : null;
        if (buffer != null) {
          buffers.add(buffer);
        }
      } catch (IllegalAccessException failure) {
        throw new IllegalStateException("cannot read an array's buffer", failure);
      }
      return super.put(key, value);
    }
  }
}
