package org.largevae.core.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.largevae.api.config.ConfigurationException;

/** Starts the engine. */
public final class PyTorch {
  /** DJL tells failures apart by their message alone. */
  private static final Set<String> UNPACKING_FAILED =
      new HashSet<>(List.of("Failed to extract PyTorch native library", "Cannot copy jni files"));

  private static final String CACHE = "pytorch";
  private static final String NO_TRACKING = "OPT_OUT_TRACKING";

  private PyTorch() {}

  /**
   * Loads the engine unless that was done.
   *
   * @throws ConfigurationException if there is no native library; the message says which dependency
   *     brings one. Also if there is no room to unpack it
   */
  public static void start() {
    // DJL reports its use to its makers unless told not to
    if (System.getProperty(NO_TRACKING) == null) {
      System.setProperty(NO_TRACKING, "true");
    }
    // before it may need their room
    UnpackingLeftovers.delete(Utils.getEngineCacheDir(CACHE));
    try {
      Engine.getEngine("PyTorch");
    } catch (EngineException | LinkageError failure) {
      throw new ConfigurationException(advice(failure), failure);
    }
  }

  /**
   * Sets how many CPU threads one operation of the engine may use, in the whole process.
   *
   * @param count at least 1
   */
  public static void useThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads = " + count + ": must be at least 1");
    }
    JniUtils.setNumThreads(count);
  }

  private static boolean isUnpacking(Throwable failure) {
    return failure != null
        && (UNPACKING_FAILED.contains(failure.getMessage()) || isUnpacking(failure.getCause()));
  }

  private static String advice(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (isUnpacking(failure)) {
      return "PyTorch's native library cannot be unpacked into "
          + Utils.getEngineCacheDir(CACHE)
          + " ("
          + root.getMessage()
          + "). It needs about half a gigabyte there; free some space, or set DJL_CACHE_DIR to"
          + " another folder";
    }
    Platform platform = Platform.detectPlatform("pytorch");
    return "PyTorch's native library is not on the class path and cannot be fetched ("
        + root.getMessage()
        + "). Add the dependency ai.djl.pytorch:pytorch-native-cpu:"
        + platform.getVersion()
        + " with the classifier "
        + platform.getClassifier()
        + ", or for CUDA ai.djl.pytorch:pytorch-native-cu128 of the same version and"
        + " classifier; or set"
        + " PYTORCH_LIBRARY_PATH to a folder that holds PyTorch";
  }
}
