package org.largevae.runner.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Platform;
import org.largevae.api.config.ConfigurationException;

/** Starts the engine for a program that is not the {@code vae} command. */
public final class PyTorch {
  private static final String NO_TRACKING = "OPT_OUT_TRACKING";

  private PyTorch() {}

  /**
   * Loads the engine unless that was done.
   *
   * @throws ConfigurationException if there is no native library; the message says which dependency
   *     brings one
   */
  public static void start() {
    // DJL reports its use to its makers unless told not to
    if (System.getProperty(NO_TRACKING) == null) {
      System.setProperty(NO_TRACKING, "true");
    }
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

  private static String advice(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
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
