package org.largevae.networks.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Laws of the angle against published values, quadrature and finite differences. */
class AngularLawTest {
  private static final List<BiFunction<Integer, Double, AngularLaw>> FAMILIES =
      List.of(VonMisesFisherLaw::new, PowerSphericalLaw::new);
  private static final int[] COORDINATES = {2, 3, 4, 11, 40, 200};
  private static final double[] CONCENTRATIONS = {0.01, 0.5, 5, 100, 3000, 1e5};

  /** By mpmath with 30 digits, I_v by its series: A and the divergence to the uniform. */
  @ParameterizedTest
  @CsvSource({
    "3, 1, .3130352855, .1515959239",
    "5, 10, .8111111060, 2.416176651",
    "10, 10, .6336683916, 2.484469587",
    "10, 100, .9557951729, 11.35021620",
    "20, 100, .9090700400, 16.94041707",
    "40, 10, .2366080959, 1.150724235",
    "40, 100, .8230543273, 22.32284146",
    "41, 100, .8190085570, 22.47879316",
    "100, 1000, .9517008547, 117.2244588",
    "10, 1000, .9955078829, 21.56895652"
  })
  void vonMisesFisherHasItsReferenceValues(
      int coordinates, double concentration, double mean, double divergence) {
    AngularLaw law = new VonMisesFisherLaw(coordinates, concentration);

    assertThat(law.meanCosine()).isCloseTo(mean, within(5.1e-11));
    assertThat(law.divergence()).isCloseTo(divergence, Percentage.withPercentage(5e-8));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 1, .3333333333, .193147181",
    "5, 10, .7142857143, 1.655532435",
    "10, 10, .5263157895, 1.595586155",
    "10, 100, .9174311927, 8.608994449",
    "40, 100, .7194244604, 14.428175378",
    "100, 1000, .9099181074, 87.421702460"
  })
  void powerSphericalHasItsReferenceValues(
      int coordinates, double concentration, double mean, double divergence) {
    AngularLaw law = new PowerSphericalLaw(coordinates, concentration);

    assertThat(law.meanCosine()).isCloseTo(mean, within(5.1e-11));
    assertThat(law.divergence()).isCloseTo(divergence, within(5.1e-10));
  }

  @Test
  void momentsAreThoseOfTheDensity() {
    forAll(
        (law, coordinates, concentration) -> {
          double reference = law.logDensity(Math.max(law.mode(), 1e-9));
          double mass = integral(law, reference, concentration, y -> 1);
          double cosine = integral(law, reference, concentration, y -> y) / mass;
          double excess = integral(law, reference, concentration, law::statisticExcess) / mass;
          double square =
              integral(law, reference, concentration, y -> Math.pow(law.statisticExcess(y), 2))
                  / mass;

          String name = law.getClass().getSimpleName() + " " + coordinates + " " + concentration;
          assertThat((1 - law.meanCosine()) / 2)
              .as(name)
              .isCloseTo(cosine, Percentage.withPercentage(1e-6));
          assertThat(excess).as(name).isCloseTo(0, within(1e-7 * Math.sqrt(square)));
          assertThat(law.statisticVariance())
              .as(name)
              .isCloseTo(square, Percentage.withPercentage(tolerance(concentration)));
        });
  }

  @Test
  void logMomentsAreThoseOfTheUniformDistribution() {
    forAll(
        (law, coordinates, concentration) -> {
          if (concentration > 1000) {
            return;
          }
          AngularLaw flat =
              law instanceof VonMisesFisherLaw
                  ? new VonMisesFisherLaw(coordinates, 1e-12)
                  : new PowerSphericalLaw(coordinates, 1e-12);
          double reference = law.logDensity(Math.max(law.mode(), 1e-9));
          double base = flat.logDensity(0.5);
          double shift =
              law instanceof VonMisesFisherLaw ? concentration : concentration * Math.log(2);
          double log =
              Math.log(integral(law, reference, concentration, y -> 1))
                  - Math.log(integral(flat, base, 1e-12, y -> 1))
                  + reference
                  - base
                  + shift;

          assertThat(law.logMoment())
              .as(law.getClass().getSimpleName() + " " + coordinates + " " + concentration)
              .isCloseTo(log, within(1e-9 * Math.max(1, Math.abs(reference))));
        });
  }

  @Test
  void derivativesAreThoseOfFiniteDifferences() {
    for (BiFunction<Integer, Double, AngularLaw> family : FAMILIES) {
      for (int coordinates : COORDINATES) {
        for (double concentration : new double[] {0.5, 5, 100}) {
          double step = 1e-3 * concentration;
          AngularLaw low = family.apply(coordinates, concentration - step);
          AngularLaw law = family.apply(coordinates, concentration);
          AngularLaw high = family.apply(coordinates, concentration + step);
          Percentage close = Percentage.withPercentage(1e-2);

          assertThat(law.meanStatistic())
              .isCloseTo((high.logMoment() - low.logMoment()) / (2 * step), close);
          assertThat(law.statisticVariance())
              .isCloseTo((high.meanStatistic() - low.meanStatistic()) / (2 * step), close);
          assertThat(law.meanCosineSlope())
              .isCloseTo((high.meanCosine() - low.meanCosine()) / (2 * step), close);
          assertThat(concentration * law.statisticVariance())
              .isCloseTo((high.divergence() - low.divergence()) / (2 * step), close);
        }
      }
    }
  }

  /** E[sin theta dtheta/dkappa] = -dE[cos theta]/dkappa, integrated over the law. */
  @Test
  void theGradientOfAnglesMovesTheirMeanCosineByItsSlope() {
    forAll(
        (law, coordinates, concentration) -> {
          double reference = law.logDensity(Math.max(law.mode(), 1e-9));
          double mass = integral(law, reference, concentration, y -> 1);
          double moved =
              integral(
                      law,
                      reference,
                      concentration,
                      y -> {
                        double angle = AngleGradient.toAngle(y);
                        return -Math.sin(angle) * AngleGradient.of(law, angle);
                      })
                  / mass;

          assertThat(moved)
              .as(law.getClass().getSimpleName() + " " + coordinates + " " + concentration)
              .isCloseTo(
                  law.meanCosineSlope(), Percentage.withPercentage(tolerance(concentration)));
        });
  }

  @Test
  void drawsHaveTheLawsMeanAndVariance() {
    forAll(
        (law, coordinates, concentration) -> {
          int count = 20_000;
          SplittableRandom random = new SplittableRandom(coordinates);
          double sum = 0;
          double squares = 0;
          for (int i = 0; i < count; i++) {
            double excess = law.statisticExcess(law.draw(random));
            sum += excess;
            squares += excess * excess;
          }
          double variance = squares / count;
          String name = law.getClass().getSimpleName() + " " + coordinates + " " + concentration;
          assertThat(sum / count).as(name).isCloseTo(0, within(4.5 * Math.sqrt(variance / count)));
          // a kurtosis below 12 makes the standard error of the variance at most sqrt(11 / n)
          assertThat(variance / law.statisticVariance()).as(name).isCloseTo(1, within(0.1));
        });
  }

  /** In percent. At 1e5 the derivative of A is a difference of numbers 1e10 times as large. */
  private static double tolerance(double concentration) {
    return concentration > 1e4 ? 0.1 : 1e-4;
  }

  private interface Case {
    void check(AngularLaw law, int coordinates, double concentration);
  }

  private static void forAll(Case check) {
    for (BiFunction<Integer, Double, AngularLaw> family : FAMILIES) {
      for (int coordinates : COORDINATES) {
        for (double concentration : CONCENTRATIONS) {
          check.check(family.apply(coordinates, concentration), coordinates, concentration);
        }
      }
    }
  }

  /** Over the angle, by the trapezoid rule on a grid that is fine where the density is. */
  private static double integral(
      AngularLaw law, double reference, double concentration, DoubleUnaryOperator function) {
    double mode = AngleGradient.toAngle(law.mode());
    double reach = 20 / Math.sqrt(concentration);
    double from = Math.max(0, mode - reach);
    double to = Math.min(Math.PI, mode + reach);
    int nodes = 4000;
    double sum = 0;
    for (int i = 0; i < nodes; i++) {
      // the midpoint rule in t, whose ends are flattened by sin^2
      double t = (i + 0.5) / nodes;
      double angle = from + (to - from) * (t - Math.sin(2 * Math.PI * t) / (2 * Math.PI));
      double weight = (to - from) * (1 - Math.cos(2 * Math.PI * t)) / nodes;
      double y = AngleGradient.fromAngle(angle);
      sum += weight * Math.exp(law.logDensity(y) - reference) * function.applyAsDouble(y);
    }
    return sum;
  }
}
