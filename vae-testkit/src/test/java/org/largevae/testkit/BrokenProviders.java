package org.largevae.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.largevae.api.component.ModelShape;
import org.largevae.api.config.Settings;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorProvider;

/** The contract run on providers that are wrong in one place each. */
final class BrokenProviders {

  private BrokenProviders() {}

  /** Runs the contract on one provider. */
  abstract static class Broken extends PriorContract {
    @Override
    protected boolean isRegistered() {
      return false;
    }
  }

  static class Name extends Broken {
    @Override
    protected PriorProvider provider() {
      return new LearntGaussianProvider() {
        @Override
        public String name() {
          return "LearntGaussian";
        }
      };
    }
  }

  static class Description extends Broken {
    @Override
    protected PriorProvider provider() {
      return new LearntGaussianProvider() {
        @Override
        public String description() {
          return "It is a prior.";
        }
      };
    }
  }

  static class Unregistered extends PriorContract {
    @Override
    protected PriorProvider provider() {
      return new LearntGaussianProvider() {};
    }
  }

  static class MissingDefault extends Broken {
    @Override
    protected PriorProvider provider() {
      return new LearntGaussianProvider() {
        @Override
        public Config defaults() {
          return ConfigFactory.empty();
        }
      };
    }
  }

  static class MissingOptionalKey extends Broken {
    @Override
    protected PriorProvider provider() {
      return new LearntGaussianProvider() {
        @Override
        public Prior create(Settings settings, ModelShape shape) {
          if (settings.section("scales").has("first")) {
            throw new IllegalStateException("is not there");
          }
          return super.create(settings, shape);
        }

        @Override
        public Config defaults() {
          return ConfigFactory.parseString("scales {}").withFallback(super.defaults());
        }
      };
    }
  }

  static class RequiredKeyNotGiven extends Broken {
    @Override
    protected PriorProvider provider() {
      return new LearntGaussianProvider() {
        @Override
        public Config defaults() {
          return ConfigFactory.parseString("scale = null");
        }
      };
    }
  }

  static class PlainConfig extends Broken {
    @Override
    protected PriorProvider provider() {
      return new LearntGaussianProvider() {
        @Override
        public Prior create(Settings settings, ModelShape shape) {
          settings.config().getDouble("scale");
          return prior(shape);
        }
      };
    }
  }

  static class Unnamed extends Broken {
    @Override
    protected PriorProvider provider() {
      return new LearntGaussianProvider() {
        @Override
        public Prior create(Settings settings, ModelShape shape) {
          new Settings(settings.config(), "").number("scale", 0.1, 10);
          return prior(shape);
        }
      };
    }
  }

  static class Lenient extends Broken {
    @Override
    protected PriorProvider provider() {
      return new LearntGaussianProvider();
    }

    @Override
    protected List<String> badConfigurations() {
      return List.of("scale = 11", "scale = 9");
    }
  }

  static class UnknownKey extends Broken {
    @Override
    protected PriorProvider provider() {
      return new LearntGaussianProvider();
    }

    @Override
    protected String configuration() {
      return "skale = 1";
    }
  }
}
