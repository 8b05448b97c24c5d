package org.largevae.core.testing;

import java.util.Random;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.core.preparation.Examples;
import org.largevae.likelihoods.Bernoulli;
import org.largevae.likelihoods.DiscretizedLogistic;
import org.largevae.likelihoods.Gaussian;

/** Examples of six random values, of each kind that has a likelihood. */
public enum TinyData {
  BINARY(ValueKinds.BINARY),
  GREY_LEVEL(ValueKinds.GREY_LEVEL),
  REAL(ValueKinds.REAL);

  public static final DataShape SHAPE = new DataShape(1, 2, 3);
  public static final int DIMENSIONS = SHAPE.dimensions();

  private final ValueKind kind;

  TinyData(ValueKind kind) {
    this.kind = kind;
  }

  /** What the examples are made of. */
  public DataDescription description() {
    return DataDescription.of(SHAPE, kind);
  }

  /** A likelihood of such values, with its defaults. */
  public Likelihood likelihood() {
    return switch (this) {
      case BINARY -> new Bernoulli(description());
      case GREY_LEVEL -> new DiscretizedLogistic(description());
      case REAL -> new Gaussian(description());
    };
  }

  /** Random examples. */
  public Examples examples(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count * DIMENSIONS];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (this) {
            case BINARY -> random.nextInt(2);
            case GREY_LEVEL -> (random.nextInt(256) + 0.5f) / 256;
            case REAL -> (float) random.nextGaussian();
          };
    }
    return new Examples(count, DIMENSIONS, values);
  }

  /** The same, one by one. */
  public float[][] rows(int count, long seed) {
    return examples(count, seed).rows();
  }
}
