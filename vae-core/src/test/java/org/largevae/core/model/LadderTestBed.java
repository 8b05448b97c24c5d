package org.largevae.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Noise;
import org.largevae.api.model.Model;
import org.largevae.api.prior.Prior;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.testing.TinyData;
import org.largevae.core.testing.TinyModels;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.ladder.LadderVae;
import org.largevae.networks.ladder.LadderVaeSettings;
import org.largevae.networks.ladder.LadderVaeSettings.PriorLevels;
import org.largevae.networks.ladder.Merge;
import org.largevae.priors.StandardPrior;
import org.largevae.priors.VampPrior;

/** Ladders small enough to be checked by hand. */
final class LadderTestBed {
  static final TinyData DATA = TinyData.BINARY;

  private LadderTestBed() {}

  static LadderVaeSettings settings(
      List<Integer> latentSizes, List<Integer> hidden, Merge merge, PriorLevels priorLevels) {
    return new LadderVaeSettings(latentSizes, hidden, 2, merge, priorLevels, -6, 2);
  }

  static ModelShape top(LadderVaeSettings settings) {
    return ModelShape.of(DATA.description(), settings.latentSizes().get(0));
  }

  static LadderVae ladder(LadderVaeSettings settings, Prior prior) {
    int levels = settings.latentSizes().size();
    ModelShape lowest = ModelShape.of(DATA.description(), settings.latentSizes().get(levels - 1));
    return new LadderVae(
        settings, DATA.description(), prior, new GatedMlpDecoder(lowest, DATA.likelihood(), 4));
  }

  static LadderVae standard(LadderVaeSettings settings) {
    return ladder(settings, new StandardPrior(top(settings)));
  }

  static LadderVae vamp(LadderVaeSettings settings, int pseudoInputs) {
    return ladder(settings, new VampPrior(top(settings), pseudoInputs));
  }

  static ParameterizedModel started(Model model, long seed) {
    try (NDManager manager = NDManager.newBaseManager()) {
      return TinyModels.started(
          model, ResidentExamples.of(manager, DATA.examples(8, 99), false), seed);
    }
  }

  static void set(ParameterizedModel model, String name, NDArray values) {
    model.arrays().get(name).set(new NDIndex("..."), values);
  }

  static NDArray examples(ParameterizedModel model, int count, long seed) {
    return model
        .manager()
        .create(DATA.examples(count, seed).values(), new Shape(count, TinyData.DIMENSIONS));
  }

  static Noise noise(int examples) {
    long[] seeds = new long[examples];
    for (int i = 0; i < examples; i++) {
      seeds[i] = 100 + i;
    }
    return Noise.ofExamples(seeds);
  }

  static double[] doubles(NDArray values) {
    return values.toType(DataType.FLOAT64, false).toDoubleArray();
  }
}
