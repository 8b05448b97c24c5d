import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of a training step goes: sums up a recording of Java's flight recorder.
 *
 * <pre>
 * VAE_JAVA_OPTS="-XX:StartFlightRecording=filename=step.jfr,settings=profile" \
 *   bin/vae bench step/binary/vampprior-500 --threads 1 --seconds 30
 * java vae-examples/benchmark/Profile.java step.jfr
 * </pre>
 *
 * <p>Counts samples of the main thread within steps, by part of the step and by the engine's
 * function that was called.
 */
final class Profile {
  private static final String LOOP = "org.largevae.core.training.TrainingLoop";
  private static final String ENGINE = "ai.djl.pytorch.jni.PyTorchLibrary";

  private Profile() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: java Profile.java RECORDING.jfr");
      System.exit(2);
    }
    Map<String, Integer> parts = new HashMap<>();
    Map<String, Integer> functions = new HashMap<>();
    try (RecordingFile file = new RecordingFile(Path.of(arguments[0]))) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        String type = event.getEventType().getName();
        boolean sample = type.equals("jdk.NativeMethodSample") || type.equals("jdk.ExecutionSample");
        if (sample && event.getStackTrace() != null) {
          count(event.getStackTrace().getFrames(), parts, functions);
        }
      }
    }
    print("part of the step", parts);
    print("function", functions);
  }

  private static void count(
      List<RecordedFrame> frames, Map<String, Integer> parts, Map<String, Integer> functions) {
    String part = part(frames);
    if (part == null) {
      return;
    }
    parts.merge(part, 1, Integer::sum);
    RecordedFrame top = frames.get(0);
    String owner = top.getMethod().getType().getName();
    functions.merge(
        owner.equals(ENGINE) ? top.getMethod().getName() : "(Java)", 1, Integer::sum);
  }

  /** Null outside of a step. */
  private static String part(List<RecordedFrame> frames) {
    String part = null;
    for (RecordedFrame frame : frames) {
      String owner = frame.getMethod().getType().getName();
      String method = frame.getMethod().getName();
      if (owner.endsWith("data.ResidentExamples")) {
        part = "batch";
      } else if (method.equals("backward")) {
        part = "backward";
      } else if (owner.endsWith("training.Adam") && method.equals("step")) {
        part = "optimiser";
      } else if (method.equals("close") && part == null) {
        part = "closing arrays";
      } else if (owner.equals(LOOP) && method.equals("step")) {
        return part == null ? "forward" : part;
      }
    }
    return null;
  }

  private static void print(String title, Map<String, Integer> counts) {
    int total = counts.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(Locale.ROOT, "%-32s share of %d samples%n", title, total);
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(15)
        .forEach(
            entry ->
                System.out.printf(
                    Locale.ROOT, "  %-30s %5.1f %%%n", entry.getKey(), 100.0 * entry.getValue() / total));
    System.out.println();
  }
}
