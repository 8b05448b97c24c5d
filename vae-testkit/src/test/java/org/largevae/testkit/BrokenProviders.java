package org.largevae.testkit;

import java.util.List;
import java.util.function.BiFunction;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.ModelShape;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testkit.LearntGaussianProvider.Scale;

/** The contract run on providers that are wrong in one place each. */
final class BrokenProviders {
  private static final String NAME = "learnt-gaussian";
  private static final String DESCRIPTION = "Gaussian with learnt moments";

  private BrokenProviders() {}

  private static <S extends Record> PriorProvider<S> provider(
      Class<S> settings, BiFunction<S, ModelShape, Prior> constructor) {
    return new PriorProvider<>(NAME, DESCRIPTION, settings, constructor) {};
  }

  /** Runs the contract on one provider. */
  abstract static class Broken extends PriorContract {
    @Override
    protected boolean isRegistered() {
      return false;
    }
  }

  /** Runs the contract on a provider with a settings record. */
  abstract static class OfSettings<S extends Record> extends Broken {
    private final Class<S> settings;

    OfSettings(Class<S> settings) {
      this.settings = settings;
    }

    @Override
    protected PriorProvider<S> provider() {
      return BrokenProviders.provider(settings, (s, shape) -> new LearntGaussian(shape));
    }
  }

  static class Name extends Broken {
    @Override
    protected PriorProvider<?> provider() {
      return new PriorProvider<>(
          "LearntGaussian", DESCRIPTION, Scale.class, (s, shape) -> new LearntGaussian(shape)) {};
    }
  }

  static class Description extends Broken {
    @Override
    protected PriorProvider<?> provider() {
      return new PriorProvider<>(
          NAME, "It is a prior.", Scale.class, (s, shape) -> new LearntGaussian(shape)) {};
    }
  }

  static class Unregistered extends PriorContract {
    @Override
    protected PriorProvider<?> provider() {
      return new PriorProvider<>(
          NAME, DESCRIPTION, Scale.class, (s, shape) -> new LearntGaussian(shape)) {};
    }
  }

  record Plain(double scale) {}

  static class NoSetting extends OfSettings<Plain> {
    NoSetting() {
      super(Plain.class);
    }
  }

  record Small(@Setting(value = "0", above = 0, meaning = "the scale") double scale) {}

  static class DefaultOutOfBounds extends OfSettings<Small> {
    DefaultOutOfBounds() {
      super(Small.class);
    }
  }

  record Sentence(@Setting(value = "1", meaning = "The scale.") double scale) {}

  static class FullStop extends OfSettings<Sentence> {
    FullStop() {
      super(Sentence.class);
    }
  }

  record Underscore(@Setting(value = "1", meaning = "the scale") double the_scale) {}

  record Outer(@Setting(meaning = "scales") Underscore scales) {}

  static class UnderscoreInASection extends OfSettings<Outer> {
    UnderscoreInASection() {
      super(Outer.class);
    }
  }

  record Required(@Setting(meaning = "the scale") double scale) {}

  static class RequiredKeyNotGiven extends OfSettings<Required> {
    RequiredKeyNotGiven() {
      super(Required.class);
    }
  }

  static class UnknownKey extends OfSettings<Scale> {
    UnknownKey() {
      super(Scale.class);
    }

    @Override
    protected String configuration() {
      return "skale = 1";
    }
  }

  static class RefusesItsDefaults extends Broken {
    @Override
    protected PriorProvider<?> provider() {
      return BrokenProviders.provider(
          Scale.class,
          (s, shape) -> {
            throw new SettingException("scale", "must be what it is not");
          });
    }
  }

  /** Runs the contract on a provider that does something above a scale of 5. */
  abstract static class AboveFive extends Broken {
    abstract RuntimeException failure();

    @Override
    protected PriorProvider<?> provider() {
      return BrokenProviders.provider(
          Scale.class,
          (s, shape) -> {
            if (s.scale() > 5) {
              throw failure();
            }
            return new LearntGaussian(shape);
          });
    }

    @Override
    protected List<String> badConfigurations() {
      return List.of("scale = 11", "scale = 9");
    }
  }

  static class Lenient extends OfSettings<Scale> {
    Lenient() {
      super(Scale.class);
    }

    @Override
    protected List<String> badConfigurations() {
      return List.of("scale = 11", "scale = 9");
    }
  }

  static class AnotherException extends AboveFive {
    @Override
    RuntimeException failure() {
      return new IllegalStateException("too large");
    }
  }

  static class AnotherKey extends AboveFive {
    @Override
    RuntimeException failure() {
      return new SettingException("skale", "must be at most 5");
    }
  }

  static class Right extends AboveFive {
    @Override
    RuntimeException failure() {
      return new SettingException("scale", "must be at most 5");
    }
  }
}
