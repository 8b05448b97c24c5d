package org.largevae.core;

import java.util.List;
import java.util.Locale;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.ValueKind;
import org.largevae.api.tensor.ShapeException;

/** Refuses values that a model cannot take, before the engine sees them. */
final class ExampleChecks {

  private ExampleChecks() {}

  /** Fails unless every example is there and has D values. */
  static void shapes(float[][] examples, DataDescription data) {
    for (int i = 0; i < examples.length; i++) {
      if (examples[i] == null) {
        throw new ShapeException("example " + i + ", counted from 0, is null");
      }
      if (examples[i].length != data.dimensions()) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "example %d has %d values, but an example of the shape %s has %d",
                i,
                examples[i].length,
                data.shape(),
                data.dimensions()));
      }
    }
  }

  /** Fails unless every value is one of its kind, or NaN where it may be missing. */
  static void examples(float[][] examples, DataDescription data) {
    shapes(examples, data);
    for (int i = 0; i < examples.length; i++) {
      values(examples[i], i, data);
    }
  }

  /** The same for values that stand row by row. */
  static void values(float[] values, int first, DataDescription data) {
    int dimensions = data.dimensions();
    for (int i = 0; i < values.length; i++) {
      int place = i % dimensions;
      ValueKind kind = data.kind(place);
      boolean missing = Float.isNaN(values[i]) && data.mayBeMissing(place);
      if (!missing && !kind.holds(values[i])) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s of example %d is %s, both counted from 0; %s",
                name(place, data),
                first + i / dimensions,
                values[i],
                kind.rule()));
      }
    }
  }

  private static String name(int place, DataDescription data) {
    List<String> names = data.names();
    return "value " + place + (names.isEmpty() ? "" : " (" + names.get(place) + ")");
  }

  /** Fails unless every value is a probability. */
  static void probabilities(float[][] examples) {
    for (int i = 0; i < examples.length; i++) {
      for (int d = 0; d < examples[i].length; d++) {
        if (!(examples[i][d] >= 0 && examples[i][d] <= 1)) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "value %d of example %d is %s, both counted from 0; a probability of a 1 is from 0"
                      + " to 1",
                  d,
                  i,
                  examples[i][d]));
        }
      }
    }
  }

  /** Fails unless every latent is there, has M values and is finite. */
  static void latents(float[][] latents, int latentSize) {
    for (int i = 0; i < latents.length; i++) {
      if (latents[i] == null) {
        throw new ShapeException("latent " + i + ", counted from 0, is null");
      }
      if (latents[i].length != latentSize) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "latent %d has %d values, but the model's latent size is %d",
                i,
                latents[i].length,
                latentSize));
      }
      finite(latents[i], i, latentSize);
    }
  }

  /** Fails unless values of latents that stand row by row are finite. */
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

  /** Fails unless a number is at least so much. */
  static void atLeast(String name, int value, int lowest) {
    if (value < lowest) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s = %d: must be at least %d", name, value, lowest));
    }
  }
}
