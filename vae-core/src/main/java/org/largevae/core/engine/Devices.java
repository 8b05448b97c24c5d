package org.largevae.core.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.largevae.api.config.ConfigurationException;

/** Chooses the device that a configuration names. */
public final class Devices {
  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,4}))?");

  private Devices() {}

  /**
   * The device of a name.
   *
   * @param name {@code auto} for the first GPU or else the CPU, {@code cpu}, {@code gpu} or {@code
   *     gpu:N}
   * @return the device
   * @throws ConfigurationException if the name is none of these, there is no such GPU, or there is
   *     no native library
   */
  public static Device choose(String name) {
    PyTorch.start();
    int present = Engine.getEngine("PyTorch").getGpuCount();
    if (name.equals("auto")) {
      return present > 0 ? Device.gpu() : Device.cpu();
    }
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    Matcher gpu = GPU.matcher(name);
    if (!gpu.matches()) {
      throw new ConfigurationException(
          "experiment.device = \"" + name + "\": must be auto, cpu, gpu or gpu:N");
    }
    int wanted = gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
    if (wanted >= present) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "experiment.device = \"%s\": there is no such GPU; the engine sees %s. %s",
              name,
              present == 0 ? "none" : "gpu:0" + (present > 1 ? " to gpu:" + (present - 1) : ""),
              present == 0
                  ? "Use cpu, or build with -Pgpu so that CUDA natives are used."
                  : "Use one of these, or cpu."));
    }
    return Device.gpu(wanted);
  }

  /**
   * The name by which {@link #choose} finds a device again.
   *
   * @param device a device
   * @return {@code cpu} or {@code gpu:N}
   */
  public static String name(Device device) {
    return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
  }
}
