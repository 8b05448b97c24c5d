package org.largevae.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Scale;
import org.largevae.api.data.ValueKinds;
import org.largevae.likelihoods.Gaussian;

/**
 * A model that sees scaled values, beside the same model trained on values that were scaled by
 * hand: they differ by the units alone.
 */
class ScaledDataTest {
  private static final List<Scale> SCALES =
      List.of(new Scale(1000, 50), new Scale(-3, 0.01), new Scale(0, 1), new Scale(0.5, 1e6));
  private static final double LOG_VOLUME = Math.log(50) + Math.log(0.01) + Math.log(1e6);
  private static final float[][] BY_HAND = SmallVae.examples(40, 1);

  @TempDir private Path temporary;

  private static DataDescription plain(boolean missing) {
    return DataDescription.of(new DataShape(1, 1, SCALES.size()), ValueKinds.REAL, missing);
  }

  private static TrainedVae train(DataDescription data, float[][] rows) {
    return TinyVaes.trainer(TinyVaes.vae(data, new Gaussian(data)), rows).train();
  }

  private static float[][] toData(float[][] rows) {
    float[][] raw = new float[rows.length][];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = new float[SCALES.size()];
      for (int d = 0; d < raw[i].length; d++) {
        raw[i][d] = (float) SCALES.get(d).toData(rows[i][d]);
      }
    }
    return raw;
  }

  /** Values in the data's own units, as the engine's float32 has them again once scaled. */
  private static float[][] toModel(float[][] raw) {
    float[][] rows = new float[raw.length][];
    for (int i = 0; i < raw.length; i++) {
      rows[i] = new float[SCALES.size()];
      for (int d = 0; d < rows[i].length; d++) {
        rows[i][d] = (float) SCALES.get(d).toModel(raw[i][d]);
      }
    }
    return rows;
  }

  @Test
  void densitiesAreInTheDatasUnits() {
    float[][] raw = toData(BY_HAND);
    float[][] scaled = toModel(raw);
    try (TrainedVae own = train(DataDescription.scaled(plain(false), SCALES), raw);
        TrainedVae hand = train(plain(false), scaled)) {
      double[] inUnits = own.logLikelihood(raw, 20, 7);
      double[] standard = hand.logLikelihood(scaled, 20, 7);

      for (int i = 0; i < inUnits.length; i++) {
        assertThat(inUnits[i]).isCloseTo(standard[i] - LOG_VOLUME, within(1e-4));
      }
      assertThat(own.encode(raw)).isEqualTo(hand.encode(scaled));
    }
  }

  @Test
  void outputsAreInTheDatasUnits() {
    float[][] raw = toData(BY_HAND);
    try (TrainedVae own = train(DataDescription.scaled(plain(false), SCALES), raw);
        TrainedVae hand = train(plain(false), toModel(raw))) {
      float[][] latents = {{0.3f, -1}, {2, 0}};

      assertThat(own.decode(latents)).isEqualTo(toData(hand.decode(latents)));
      assertThat(own.reconstruct(raw)).isEqualTo(toData(hand.reconstruct(toModel(raw))));
      assertThat(own.sample(3, 5)).isEqualTo(toData(hand.sample(3, 5)));
      assertThat(own.drawExamples(3, 5)).isEqualTo(toData(hand.drawExamples(3, 5)));
      assertThat(own.pseudoInputs()).isEqualTo(toData(hand.pseudoInputs()));
    }
  }

  /** The volume of what is missing does not count. */
  @Test
  void missingValuesHaveNoUnits() {
    float[][] raw = toData(BY_HAND);
    raw[0][0] = Float.NaN;
    raw[1] = new float[] {Float.NaN, Float.NaN, Float.NaN, Float.NaN};
    float[][] scaled = toModel(raw);
    try (TrainedVae own = train(DataDescription.scaled(plain(true), SCALES), raw);
        TrainedVae hand = train(plain(true), scaled)) {
      double[] inUnits = own.logLikelihood(raw, 20, 7);
      double[] standard = hand.logLikelihood(scaled, 20, 7);

      double[] differences = new double[3];
      Arrays.setAll(differences, i -> standard[i] - inUnits[i]);
      assertThat(differences)
          .containsExactly(new double[] {LOG_VOLUME - Math.log(50), 0, LOG_VOLUME}, within(1e-4));
    }
  }

  @Test
  void scalesAreSaved() {
    float[][] raw = toData(BY_HAND);
    DataDescription data = DataDescription.scaled(plain(false), SCALES);
    Vae vae = TinyVaes.vae(data, new Gaussian(data));
    double[] before;
    try (TrainedVae trained = TinyVaes.trainer(vae, raw).train()) {
      before = trained.logLikelihood(raw, 5, 1);
      trained.save(temporary.resolve("saved"));
    }
    try (TrainedVae again = vae.open(temporary.resolve("saved"))) {
      assertThat(again.logLikelihood(raw, 5, 1)).isEqualTo(before);
    }
  }
}
