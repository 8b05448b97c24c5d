package org.largevae.likelihoods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Pass;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.distribution.Factorised;
import org.largevae.api.tensor.ShapeException;
import org.largevae.api.tensor.Tensors;

class ColumnsTest {
  private static final DataDescription TABLE =
      DataDescription.of(
          List.of(
              new Column("job", ValueKinds.category(3)),
              new Column("age", ValueKinds.REAL),
              new Column("visits", ValueKinds.COUNT),
              new Column("city", ValueKinds.category(2)),
              new Column("height", ValueKinds.REAL),
              new Column("grade", ValueKinds.ordinal(3)),
              new Column("smokes", ValueKinds.BINARY),
              new Column("income", ValueKinds.POSITIVE)));

  private NDManager manager;
  private Pass pass;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    pass = Pass.inference(manager);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static DataDescription one(ValueKind kind) {
    return Decoded.data(1, kind);
  }

  private NDArray given(long rows, double... numbers) {
    return manager.create(numbers, new Shape(1, rows, 1));
  }

  /** category(3): 3; real: 2 x 2; count: 2; category(2): 2; ordinal: 2; binary: 1; positive: 2. */
  @Test
  void everyColumnStandsUnderItsKindsLikelihood() {
    Columns columns = new Columns(TABLE);
    assertThat(columns.parameters()).isEqualTo(new Shape(16));
    double[] p = new double[16];
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.sin(1 + i);
    }
    double[] x = {2, 0.3, 5, 1, -1.2, 1, 1, 2.5};
    Factorised density = columns.of(manager.create(p, new Shape(1, 16)), pass);

    double[] each = density.logProbEach(manager.create(x, new Shape(1, 8))).toDoubleArray();

    List<Factorised> alone =
        List.of(
            (Factorised)
                new Categorical(one(ValueKinds.category(3))).of(given(3, p[0], p[1], p[2]), pass),
            // the means of both real columns, then their log variances
            (Factorised) new Gaussian(one(ValueKinds.REAL)).of(given(2, p[3], p[5]), pass),
            (Factorised) new NegativeBinomial(one(ValueKinds.COUNT)).of(given(2, p[7], p[8]), pass),
            (Factorised)
                new Categorical(one(ValueKinds.category(2))).of(given(2, p[9], p[10]), pass),
            (Factorised) new Gaussian(one(ValueKinds.REAL)).of(given(2, p[4], p[6]), pass),
            (Factorised)
                new OrderedLogit(one(ValueKinds.ordinal(3))).of(given(2, p[11], p[12]), pass),
            (Factorised) new Bernoulli(one(ValueKinds.BINARY)).of(given(1, p[13]), pass),
            (Factorised) new LogNormal(one(ValueKinds.POSITIVE)).of(given(2, p[14], p[15]), pass));
    double[] means = Tensors.toDoubles(density.mean());
    double[] estimates = Tensors.toDoubles(density.pointEstimate());
    for (int d = 0; d < x.length; d++) {
      Factorised own = alone.get(d);
      NDArray value = manager.create(new double[] {x[d]}, new Shape(1, 1));
      assertThat(each[d])
          .as("column %d", d)
          .isCloseTo(own.logProb(value).getDouble(0), within(1e-12));
      assertThat(means[d]).isCloseTo(Tensors.toDoubles(own.mean())[0], within(1e-12));
      assertThat(estimates[d]).isEqualTo(Tensors.toDoubles(own.pointEstimate())[0]);
    }
    assertThat(TABLE.kind(0).holds((float) estimates[0])).isTrue();
    assertThat(TABLE.kind(5).holds((float) estimates[5])).isTrue();
  }

  @Test
  void settingsChooseTheLikelihoods() {
    Columns heavy =
        new Columns(
            new ColumnsSettings(
                RealColumns.STUDENT_T,
                CountColumns.ZERO_INFLATED_NEGATIVE_BINOMIAL,
                new GaussianSettings(GaussianVariance.DECODER, -6, 2)),
            TABLE);
    assertThat(heavy.parameters()).isEqualTo(new Shape(16 + 2 + 1));
    assertThat(heavy.block()).isEmpty();
    Columns shared =
        new Columns(
            new ColumnsSettings(
                RealColumns.GAUSSIAN,
                CountColumns.POISSON,
                new GaussianSettings(GaussianVariance.COLUMN, -6, 2)),
            TABLE);
    assertThat(shared.parameters()).isEqualTo(new Shape(16 - 2 - 1));
    assertThat(shared.block().orElseThrow().getParameters().keys())
        .containsExactly("01real_log_variance_logit");
  }

  @Test
  void parametersOfAnotherShapeAreRefused() {
    assertThatThrownBy(() -> new Columns(TABLE).of(manager.zeros(new Shape(4, 15)), pass))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "the columns likelihood needs parameters of shape (..., 16), those of each kind after"
                + " the other, not (4, 15)");
  }

  @Test
  void picturesAreNoTable() {
    Columns columns = new Columns(one(ValueKinds.GREY_LEVEL));

    assertThat(columns.supports(ValueKinds.GREY_LEVEL)).isFalse();
  }
}
