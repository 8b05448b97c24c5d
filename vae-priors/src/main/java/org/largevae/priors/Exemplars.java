package org.largevae.priors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.largevae.api.component.Start;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.Batch;
import org.largevae.api.data.TrainingExamples;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.DiagonalGaussian;
import org.largevae.api.distribution.LeaveOneOut;
import org.largevae.api.distribution.Mixture;
import org.largevae.api.prior.PriorContext;

/**
 * The training examples that a prior is made of. Where it trains, they are encoded anew, with
 * gradients; all else takes their encodings of the last epoch, which are the prior's state.
 */
final class Exemplars {
  /** Of the choice of some examples among all: a model that is opened makes the same choice. */
  private static final long CHOICE_SEED = 2020;

  private final ExemplarSettings settings;

  /** The places of the exemplars among the training examples, ascending. */
  private long[] places;

  Exemplars(ExemplarSettings settings) {
    this.settings = settings;
  }

  /**
   * Chooses the examples. Called once, before all else.
   *
   * @param start says how many there are
   * @param state arrays of a row for each exemplar, which get their shapes
   * @param latentSize M
   * @throws ConfigurationException if there are too few
   */
  void choose(Start start, List<Parameter> state, int latentSize) {
    long size = start.trainingSize();
    require(
        "exemplars",
        settings.exemplars(),
        size,
        size == 1 ? "training example" : "training examples");
    long chosen = settings.exemplars() == 0 ? size : settings.exemplars();
    require("neighbours", settings.neighbours(), chosen, "exemplars");
    if (settings.leaveOneOut() && chosen < 2) {
      throw new ConfigurationException(
          "model.prior.leave-one-out = true: leaves nothing of the one training example that the"
              + " prior is made of; set it to false, or take at least 2 examples");
    }
    places = chosen == size ? all(size) : some(size, Math.toIntExact(chosen));
    state.forEach(parameter -> parameter.setShape(new Shape(chosen, latentSize)));
  }

  private static void require(String key, int value, long most, String what) {
    if (value > most) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "model.prior.%s = %d: there are only %d %s; set it to at most %d, or to 0 for all",
              key,
              value,
              most,
              what,
              most));
    }
  }

  private static long[] all(long size) {
    long[] all = new long[Math.toIntExact(size)];
    Arrays.setAll(all, i -> i);
    return all;
  }

  /** Without replacement: each example is passed by or taken so that all choices are as likely. */
  private static long[] some(long size, int count) {
    Random random = new Random(CHOICE_SEED);
    long[] chosen = new long[count];
    int taken = 0;
    for (long place = 0; taken < count; place++) {
      if (random.nextDouble() * (size - place) < count - taken) {
        chosen[taken++] = place;
      }
    }
    return chosen;
  }

  /**
   * The prior of a pass.
   *
   * @param context of the pass
   * @param cached the components by the encodings of the last epoch, a batch (K)
   * @param encode makes the components of some examples, with gradients
   * @return a batch (), or (B) where each row leaves out its own component
   * @throws ConfigurationException if each example should leave itself out, but a training pass
   *     does not say which examples are trained on
   */
  Density distribution(
      PriorContext context, DiagonalGaussian cached, Function<Batch, ? extends Density> encode) {
    Optional<NDArray> own = own(context);
    if (!context.pass().isTraining()) {
      return whole(cached, own);
    }
    TrainingExamples training =
        context
            .training()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "the prior is made of the training examples, which are not at hand in this"
                            + " training pass; train with Vae.trainer or vae train"));
    NDManager manager = context.pass().manager();
    Function<NDArray, Density> components =
        chosen -> encode.apply(training.exemplars(placesOf(manager, chosen.toLongArray())));
    int neighbours = settings.neighbours();
    return neighbours == 0 || neighbours == places.length
        ? whole(encode.apply(training.exemplars(manager.create(places))), own)
        : new NearestComponents(
            cached, manager.zeros(new Shape(1), DataType.FLOAT64), components, neighbours, own);
  }

  private static Density whole(Density components, Optional<NDArray> own) {
    return own.isPresent() ? new LeaveOneOut(components, own.get()) : Mixture.uniform(components);
  }

  private NDArray placesOf(NDManager manager, long[] exemplars) {
    long[] chosen = new long[exemplars.length];
    Arrays.setAll(chosen, i -> places[Math.toIntExact(exemplars[i])]);
    return manager.create(chosen);
  }

  /** Which exemplar each row of the batch is, -1 for none; empty where no row is one. */
  private Optional<NDArray> own(PriorContext context) {
    if (!settings.leaveOneOut()) {
      return Optional.empty();
    }
    Optional<NDArray> rows = context.batch().flatMap(Batch::places);
    if (rows.isEmpty() && context.pass().isTraining()) {
      throw new ConfigurationException(
          "model.prior.leave-one-out = true: each example has to leave itself out, but this training"
              + " pass does not say which of the training examples its batch holds; give the batch"
              + " its places, or set leave-one-out = false");
    }
    return rows.map(NDArray::toLongArray)
        .map(found -> Arrays.stream(found).map(p -> Math.max(-1, Arrays.binarySearch(places, p))))
        .map(LongStream::toArray)
        .filter(own -> Arrays.stream(own).anyMatch(o -> o >= 0))
        .map(own -> context.pass().manager().create(own));
  }

  /**
   * Encodes all exemplars, some at a time, into the state.
   *
   * @param context of the pass
   * @param state gets a row for each exemplar
   * @param encode gives the rows of some examples, an array for each of the state
   */
  void refresh(PriorContext context, List<Parameter> state, Function<Batch, NDList> encode) {
    TrainingExamples training = context.training().orElseThrow();
    NDManager manager = context.pass().manager();
    Encodings.refresh(
        context.pass(),
        state,
        places.length,
        (from, to) -> {
          NDArray some = manager.create(Arrays.copyOfRange(places, from, to));
          return encode.apply(training.exemplars(some));
        });
  }
}
