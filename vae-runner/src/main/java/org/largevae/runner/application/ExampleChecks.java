package org.largevae.runner.application;

import java.util.Locale;
import org.largevae.api.component.ModelShape;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Support;
import org.largevae.api.tensor.ShapeException;

/** Refuses values that a model cannot take, before the engine sees them. */
final class ExampleChecks {
  private static final float LEVELS = 256;

  /** In units of a grey level: float32 holds the middles of the levels exactly, a sum may not. */
  private static final float TOLERANCE = 1e-3f;

  private ExampleChecks() {}

  /**
   * Checks examples.
   *
   * @param examples rows of D values
   * @param data their shape
   * @param support which values they may have
   * @throws ShapeException if a row has another length
   * @throws DataException if a value is none of the support's
   */
  static void examples(float[][] examples, DataShape data, Support support) {
    for (int i = 0; i < examples.length; i++) {
      int expected = data.dimensions();
      if (examples[i].length != expected) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "example %d has %d values, but an example of the shape %s has %d",
                i,
                examples[i].length,
                data,
                expected));
      }
      values(examples[i], expected, i, support);
    }
  }

  /**
   * Checks values that stand row by row.
   *
   * @param values any number of rows
   * @param dimensions D
   * @param first the first row's number, for the message
   * @param support which values they may have
   * @throws DataException if a value is none of the support's
   */
  static void values(float[] values, int dimensions, int first, Support support) {
    for (int i = 0; i < values.length; i++) {
      if (!holds(values[i], support)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "value %d of example %d is %s, both counted from 0; %s",
                i % dimensions,
                first + i / dimensions,
                values[i],
                rule(support)));
      }
    }
  }

  /**
   * Checks latents.
   *
   * @param latents rows of M values
   * @param shape the model's sizes
   * @throws ShapeException if a row has another length
   * @throws DataException if a value is not finite
   */
  static void latents(float[][] latents, ModelShape shape) {
    for (int i = 0; i < latents.length; i++) {
      if (latents[i].length != shape.latentSize()) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "latent %d has %d values, but the model's latent size is %d",
                i,
                latents[i].length,
                shape.latentSize()));
      }
      finite(latents[i], i, shape.latentSize());
    }
  }

  /**
   * Checks values of latents that stand row by row.
   *
   * @param values any number of rows
   * @param first the first row's number, for the message
   * @param latentSize M
   * @throws DataException if a value is not finite
   */
  static void finite(float[] values, int first, int latentSize) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "value %d of latent %d is %s, both counted from 0; values must be finite",
                i % latentSize,
                first + i / latentSize,
                values[i]));
      }
    }
  }

  /**
   * Checks a number that must be at least so much.
   *
   * @param name of the parameter
   * @param value what was given
   * @param lowest the least allowed
   */
  static void atLeast(String name, int value, int lowest) {
    if (value < lowest) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s = %d: must be at least %d", name, value, lowest));
    }
  }

  private static boolean holds(float value, Support support) {
    return switch (support) {
      case BINARY -> value == 0 || value == 1;
      case PIXEL_256 -> {
        float level = value * LEVELS - 0.5f;
        yield level > -TOLERANCE
            && level < LEVELS - 1 + TOLERANCE
            && Math.abs(level - Math.rint(level)) < TOLERANCE;
      }
      case REAL -> Float.isFinite(value);
    };
  }

  private static String rule(Support support) {
    return switch (support) {
      case BINARY -> "binary data are 0 or 1";
      case PIXEL_256 -> "a pixel p from 0 to 255 is given as (p + 0.5) / 256";
      case REAL -> "values must be finite";
    };
  }
}
