package org.largevae.runner.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;

/**
 * What is measured, written {@code OPERATION/DATA/PRIOR} for a model of one level, for example
 * {@code step/binary/vampprior-500}, and {@code OPERATION/DATA/PRIOR/MODEL} for others, for example
 * {@code step/grey/standard/conv-hvae}.
 *
 * @param operation what is done
 * @param data the data it is done on
 * @param pseudoInputs K of a VampPrior; 0 for the standard prior
 * @param architecture the model
 */
public record Workload(
    Operation operation, Data data, int pseudoInputs, Architecture architecture) {
  private static final Pattern PRIOR = Pattern.compile("standard|vampprior-([1-9]\\d{0,6})");

  /** What is done. */
  public enum Operation {
    /** A training step. */
    STEP,
    /** An estimate of log p(x) for one example. */
    LOG_LIKELIHOOD,
    /** Posterior means of 500 examples. */
    ENCODE,
    /** Expected examples of 500 latents. */
    DECODE,
    /**
     * 500 latents drawn from the prior and decoded, pseudo-inputs encoded on the way; 64 where
     * pixels are drawn one by one.
     */
    SAMPLE
  }

  /** Kinds of data. */
  public enum Data {
    /** 28 x 28 binary values with a Bernoulli likelihood, as MNIST. */
    BINARY(new DataShape(1, 28, 28), ValueKinds.BINARY, "type = bernoulli"),
    /** 28 x 20 grey levels with a discretised logistic likelihood, as Frey Faces. */
    GREY(
        new DataShape(1, 28, 20),
        ValueKinds.GREY_LEVEL,
        "type = discretized-logistic, tails = paper");

    private final DataShape shape;
    private final ValueKind kind;
    private final String likelihood;

    Data(DataShape shape, ValueKind kind, String likelihood) {
      this.shape = shape;
      this.kind = kind;
      this.likelihood = likelihood;
    }

    DataShape shape() {
      return shape;
    }

    ValueKind kind() {
      return kind;
    }

    String likelihood() {
      return likelihood;
    }
  }

  /**
   * Checks what goes together.
   *
   * @throws ConfigurationException if the model lacks what the operation or the prior needs
   */
  public Workload {
    if (operation == Operation.DECODE && !architecture.hasExpectation()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "decode does not go with %s, whose expected examples cannot be computed; measure"
                  + " sample, which draws them pixel by pixel",
              name(architecture)));
    }
    if (pseudoInputs == 0 && architecture.needsPseudoInputs()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s has a VampPrior over all levels; write vampprior-K in place of standard, for"
                  + " example vampprior-500",
              name(architecture)));
    }
  }

  /**
   * Reads a workload's name.
   *
   * @param name for example {@code log-likelihood/grey/standard}
   * @return the workload
   * @throws ConfigurationException if it is not one
   */
  public static Workload parse(String name) {
    String[] parts = name.split("/", -1);
    boolean isLong = parts.length == 4;
    Matcher prior = PRIOR.matcher(parts.length == 3 || isLong ? parts[2] : "");
    String model = isLong ? parts[3] : name(Architecture.VAE);
    if (!prior.matches()
        || !names(Operation.values()).contains(parts[0])
        || !names(Data.values()).contains(parts[1])
        || !names(Architecture.values()).contains(model)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "\"%s\" is no work to measure; it must be OPERATION/DATA/PRIOR or"
                  + " OPERATION/DATA/PRIOR/MODEL with one of %s, one of %s, standard or"
                  + " vampprior-K, and one of %s, for example step/binary/vampprior-500 or"
                  + " step/grey/standard/conv-hvae",
              name,
              String.join(", ", names(Operation.values())),
              String.join(", ", names(Data.values())),
              String.join(", ", names(Architecture.values()))));
    }
    return new Workload(
        Operation.valueOf(constant(parts[0])),
        Data.valueOf(constant(parts[1])),
        prior.group(1) == null ? 0 : Integer.parseInt(prior.group(1)),
        Architecture.valueOf(constant(model)));
  }

  /**
   * The workloads measured by default, all of models of one level.
   *
   * @return steps of either kind of data with either prior, log-likelihoods, throughputs
   */
  public static List<Workload> standard() {
    List<Workload> all = new ArrayList<>();
    for (Data data : Data.values()) {
      for (int pseudoInputs : new int[] {0, 100, 500, 1000}) {
        all.add(new Workload(Operation.STEP, data, pseudoInputs, Architecture.VAE));
      }
    }
    for (Data data : Data.values()) {
      all.add(new Workload(Operation.LOG_LIKELIHOOD, data, 500, Architecture.VAE));
    }
    for (Operation operation : List.of(Operation.ENCODE, Operation.DECODE, Operation.SAMPLE)) {
      all.add(new Workload(operation, Data.BINARY, 500, Architecture.VAE));
    }
    return all;
  }

  /**
   * The name that {@link #parse} reads.
   *
   * @return {@code OPERATION/DATA/PRIOR}, and {@code /MODEL} unless it is vae
   */
  public String name() {
    return name(operation)
        + "/"
        + name(data)
        + "/"
        + (pseudoInputs == 0 ? "standard" : vampPrior())
        + (architecture == Architecture.VAE ? "" : "/" + name(architecture));
  }

  /**
   * How many examples one measured call processes.
   *
   * @param batchSize of a training step
   * @return at least 1
   */
  int examples(int batchSize) {
    return switch (operation) {
      case STEP -> batchSize;
      case LOG_LIKELIHOOD -> 1;
      case ENCODE, DECODE -> Benchmark.ROWS;
      case SAMPLE -> architecture.sampled();
    };
  }

  private String vampPrior() {
    return "vampprior-" + pseudoInputs;
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Workload::name).toList();
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String constant(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
