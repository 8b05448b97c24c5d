package org.largevae.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LikelihoodHistogramTest {

  @Test
  void everyExampleWithinTheAxisIsInTheBinOfItsEdges() {
    double[] values = new Random(7).doubles(500, 60, 140).toArray();

    LikelihoodHistogram histogram = LikelihoodHistogram.of(values).orElseThrow();

    List<Double> counts = histogram.bins().getyAxisData();
    double width = histogram.binWidth();
    for (int bin = 0; bin < counts.size(); bin++) {
      double low = histogram.bins().getMin() + bin * width;
      double high = low + width;
      boolean last = bin == counts.size() - 1;
      assertThat(counts.get(bin))
          .isEqualTo(
              Arrays.stream(values)
                  .filter(v -> v >= low && (v < high || last && v <= high + 1e-9))
                  .count());
    }
    assertThat(examplesIn(histogram)).isEqualTo(500);
    assertThat(histogram.chart(100, LikelihoodKind.EXACT).note()).isEmpty();
  }

  @Test
  void aFarOutlierIsLeftOutAndSaid() {
    double[] values = new Random(7).doubles(500, 60, 140).toArray();
    values[3] = 9999;

    LikelihoodHistogram histogram = LikelihoodHistogram.of(values).orElseThrow();

    assertThat(examplesIn(histogram)).isEqualTo(499);
    assertThat(histogram.chart(119.8, LikelihoodKind.EXACT).note())
        .isEqualTo("1 of 500 examples beyond the axis, up to 9,999.00 nats");
  }

  @Test
  void equalValuesMakeOneBinAroundThem() {
    LikelihoodHistogram histogram =
        LikelihoodHistogram.of(new double[] {88.5, 88.5, 88.5}).orElseThrow();

    assertThat(histogram.bins().getyAxisData()).containsExactly(3.0);
    assertThat(histogram.bins().getxAxisData().get(0)).isCloseTo(88.5, within(1e-9));
  }

  @Test
  void valuesThatAreNotFiniteAreCountedApart() {
    double[] values = {1, 2, Double.NaN, 3, Double.POSITIVE_INFINITY};

    LikelihoodHistogram histogram = LikelihoodHistogram.of(values).orElseThrow();

    assertThat(histogram.examples()).isEqualTo(3);
    assertThat(histogram.chart(Double.NaN, LikelihoodKind.EXACT).note())
        .isEqualTo("2 examples are not finite");
    assertThat(LikelihoodHistogram.of(new double[] {Double.NaN})).isEmpty();
    assertThat(LikelihoodHistogram.of(new double[0])).isEmpty();
  }

  private static double examplesIn(LikelihoodHistogram histogram) {
    return histogram.bins().getyAxisData().stream().mapToDouble(count -> count).sum();
  }
}
