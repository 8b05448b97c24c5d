package org.largevae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.objective.Loss;
import org.largevae.api.objective.Objective;
import org.largevae.core.objective.FreeBitsSettings.Group;
import org.largevae.priors.VampPrior;

/** What is free, and what of the gradient is left, with two latents of known divergence. */
class FreeBitsTest {
  private static final float[] X = LinearGaussianVae.EXAMPLE;
  private static final Runnable NOTHING = () -> {};
  private static final int COPIES = 20_000;

  private final LinearGaussianVae vae =
      new LinearGaussianVae(LinearGaussianVae.standard(), 0.1, 0.2);

  private static Objective freeBits(double nats, Group per) {
    return new FreeBitsObjective(new FreeBitsSettings(nats, per));
  }

  @Test
  void eachLatentBelowItsFreeNatsIsChargedThem() {
    double[] kl = vae.kl(X);
    assertThat(Math.abs(kl[0] - kl[1])).as("the latents differ").isGreaterThan(0.1);
    double between = (kl[0] + kl[1]) / 2;
    double charged = Arrays.stream(kl).map(each -> Math.max(between, each)).sum();
    double loss = vae.read(freeBits(between, Group.LATENT), 0.5, 2, COPIES, 1, Loss::value);
    double recon =
        vae.read(freeBits(between, Group.LATENT), 0.5, 2, COPIES, 1, Loss::reconstruction);
    assertThat(loss).isCloseTo(0.5 * charged - recon, within(0.02));
  }

  @Test
  void levelBelowItsFreeNatsIsChargedThem() {
    double total = Arrays.stream(vae.kl(X)).sum();
    for (double nats : new double[] {0.5 * total, 2 * total}) {
      Objective objective = freeBits(nats, Group.LEVEL);
      double loss = vae.read(objective, 0.5, 2, COPIES, 1, Loss::value);
      double recon = vae.read(objective, 0.5, 2, COPIES, 1, Loss::reconstruction);
      assertThat(loss).isCloseTo(0.5 * Math.max(nats, total) - recon, within(0.02));
    }
  }

  @ParameterizedTest
  @EnumSource(Group.class)
  void nothingIsFreeWithoutFreeNats(Group per) {
    Map<String, double[]> free = vae.gradient(freeBits(0, per), 1, 1, 2000, 1, NOTHING);
    Map<String, double[]> elbo = vae.gradient(new ElboObjective(), 1, 1, 2000, 1, NOTHING);
    free.forEach(
        (name, gradient) ->
            assertThat(gradient).as(name).containsExactly(elbo.get(name), within(1e-5)));
  }

  /** With the weight of KL at 0 only the reconstruction has a gradient. */
  @ParameterizedTest
  @EnumSource(Group.class)
  void divergenceBelowTheFreeNatsHasNoGradient(Group per) {
    Map<String, double[]> free = vae.gradient(freeBits(100, per), 1, 1, 50, 1, NOTHING);
    Map<String, double[]> without = vae.gradient(new ElboObjective(), 0, 1, 50, 1, NOTHING);
    free.forEach(
        (name, gradient) ->
            assertThat(gradient).as(name).containsExactly(without.get(name), within(1e-6)));
  }

  @Test
  void onlyTheLatentAboveItsFreeNatsIsPressedDown() {
    double[] kl = vae.kl(X);
    int above = kl[0] > kl[1] ? 0 : 1;
    Objective objective = freeBits((kl[0] + kl[1]) / 2, Group.LATENT);
    double[] free = vae.gradient(objective, 1, 1, COPIES, 1, NOTHING).get("encoder.bias");
    double[] full = vae.gradient(new ElboObjective(), 1, 1, COPIES, 1, NOTHING).get("encoder.bias");
    double[] none = vae.gradient(new ElboObjective(), 0, 1, COPIES, 1, NOTHING).get("encoder.bias");
    assertThat(free[above]).isCloseTo(full[above], within(1e-5));
    assertThat(free[1 - above]).isCloseTo(none[1 - above], within(1e-5));
    assertThat(full[1 - above]).isNotCloseTo(none[1 - above], within(1e-2));
  }

  @Test
  void latentsOfMixtureCannotBeFreeOneByOne() {
    VampPrior prior = new VampPrior(LinearGaussianVae.SHAPE, 2);
    try (LinearGaussianVae mixture = new LinearGaussianVae(prior, 0, 0)) {
      assertThatThrownBy(() -> mixture.read(freeBits(0.5, Group.LATENT), 1, 1, 2, 1, Loss::value))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(
              "training.objective.per = latent: the latents of a DiagonalGaussian under a Mixture"
                  + " are not independent of each other; use per = level, with nats for a whole"
                  + " level");
      assertThat(mixture.read(freeBits(0.5, Group.LEVEL), 1, 1, 2, 1, Loss::value)).isFinite();
    }
  }

  @Test
  void freeNatsAreNotNegative() {
    assertThatThrownBy(() -> freeBits(-1, Group.LEVEL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nats = -1.0: must be between 0 and 1000000");
  }

  @AfterEach
  void close() {
    vae.close();
  }
}
