package org.largevae.core.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.largevae.api.component.Component;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.data.Support;
import org.largevae.api.distribution.LatentDistribution;
import org.largevae.api.distribution.Posterior;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.model.Components;

/** Components that give NaN at one place, once they are told to. */
public final class PoisonedComponents {
  /** Where the NaN comes from. */
  public enum Place {
    ENCODER,
    DECODER,
    LIKELIHOOD,
    LIKELIHOOD_OF_ZERO,
    PRIOR,
    GRADIENT
  }

  private final Components good;
  private Place poisoned;

  /** Good components, none of which is poisoned yet. */
  public PoisonedComponents(Components good) {
    this.good = good;
  }

  /** From now on, the values of this place are NaN. */
  public void poison(Place place) {
    poisoned = place;
  }

  /** The components, by the names of the good ones. */
  public Components components() {
    return new Components(
        new PoisonedEncoder(good.encoder()),
        new PoisonedDecoder(good.decoder()),
        new PoisonedPrior(good.prior()),
        new PoisonedLikelihood(good.likelihood()),
        good.types());
  }

  private NDArray at(Place place, NDArray values) {
    return poisoned == place ? Tensors.multiply(values, Double.NaN) : values;
  }

  private class Wrapped<C extends Component> implements Component {
    final C inner;

    Wrapped(C inner) {
      this.inner = inner;
    }

    @Override
    public Optional<Block> block() {
      return inner.block();
    }

    @Override
    public void initialize(Start start) {
      inner.initialize(start);
    }
  }

  private final class PoisonedEncoder extends Wrapped<Encoder> implements Encoder {
    PoisonedEncoder(Encoder inner) {
      super(inner);
    }

    @Override
    public Posterior encode(NDArray x, Pass pass) {
      return inner.encode(at(Place.ENCODER, x), pass);
    }
  }

  private final class PoisonedDecoder extends Wrapped<Decoder> implements Decoder {
    PoisonedDecoder(Decoder inner) {
      super(inner);
    }

    @Override
    public NDList decode(NDArray z, Pass pass) {
      NDArray latents = z;
      if (poisoned == Place.GRADIENT) {
        // the root of 0 is 0, its slope infinite, and infinity times 0 no number
        latents = z.add(Tensors.multiply(z, 0).sqrt());
      }
      NDList outputs = inner.decode(latents, pass);
      NDList changed = new NDList(outputs);
      changed.set(outputs.size() - 1, at(Place.DECODER, outputs.get(outputs.size() - 1)));
      return changed;
    }
  }

  private final class PoisonedPrior extends Wrapped<Prior> implements Prior {
    PoisonedPrior(Prior inner) {
      super(inner);
    }

    @Override
    public LatentDistribution distribution(PriorContext context) {
      LatentDistribution distribution = inner.distribution(context);
      return new LatentDistribution() {
        @Override
        public NDArray logProb(NDArray z) {
          return at(Place.PRIOR, distribution.logProb(z));
        }

        @Override
        public NDArray sample(int count) {
          return distribution.sample(count);
        }
      };
    }
  }

  private final class PoisonedLikelihood extends Wrapped<Likelihood> implements Likelihood {
    PoisonedLikelihood(Likelihood inner) {
      super(inner);
    }

    @Override
    public List<String> parameterNames() {
      return inner.parameterNames();
    }

    @Override
    public Set<Support> supports() {
      return inner.supports();
    }

    @Override
    public NDArray logProb(NDArray x, NDList parameters, Pass pass) {
      NDArray logProb = at(Place.LIKELIHOOD, inner.logProb(x, parameters, pass));
      return poisoned == Place.LIKELIHOOD_OF_ZERO
          ? Tensors.multiply(logProb.abs().add(1), Double.NEGATIVE_INFINITY)
          : logProb;
    }

    @Override
    public NDArray mean(NDList parameters, Pass pass) {
      return inner.mean(parameters, pass);
    }

    @Override
    public NDArray sample(NDList parameters, Pass pass) {
      return inner.sample(parameters, pass);
    }
  }
}
