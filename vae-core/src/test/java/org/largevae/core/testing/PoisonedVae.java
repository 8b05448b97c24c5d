package org.largevae.core.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.Optional;
import org.largevae.api.component.Component;
import org.largevae.api.component.GradientRule;
import org.largevae.api.component.Pass;
import org.largevae.api.component.Start;
import org.largevae.api.data.Batch;
import org.largevae.api.data.ValueKind;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Distribution;
import org.largevae.api.distribution.Latents;
import org.largevae.api.likelihood.Likelihood;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.Prior;
import org.largevae.api.prior.PriorContext;
import org.largevae.api.tensor.Tensors;
import org.largevae.core.model.OneLevelVae;

/** A tiny model whose components give NaN at one place, once they are told to. */
public final class PoisonedVae {
  /** Where the NaN comes from. */
  public enum Place {
    ENCODER,
    DECODER,
    LIKELIHOOD,
    LIKELIHOOD_OF_ZERO,
    PRIOR,
    GRADIENT
  }

  private final OneLevelVae vae;
  private Place poisoned;

  /** A good model, none of whose components is poisoned yet. */
  public PoisonedVae(TinyData data, Prior prior) {
    OneLevelVae good =
        TinyModels.vae(data, new PoisonedPrior(prior), new PoisonedLikelihood(data.likelihood()));
    vae =
        new OneLevelVae(
            good.shape(),
            new PoisonedEncoder(good.encoder()),
            good.prior(),
            new PoisonedDecoder(good.decoder()));
  }

  /** From now on, the values of this place are NaN. */
  public void poison(Place place) {
    poisoned = place;
  }

  /** The model, of components whose names begin with Poisoned. */
  public OneLevelVae vae() {
    return vae;
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

    @Override
    public GradientRule gradientRule(String parameter) {
      return inner.gradientRule(parameter);
    }
  }

  private final class PoisonedEncoder extends Wrapped<Encoder> implements Encoder {
    PoisonedEncoder(Encoder inner) {
      super(inner);
    }

    @Override
    public Distribution encode(Batch batch, Latents above, Pass pass) {
      return inner.encode(batch, above, pass).map(values -> at(Place.ENCODER, values));
    }
  }

  private final class PoisonedDecoder extends Wrapped<Decoder> implements Decoder {
    PoisonedDecoder(Decoder inner) {
      super(inner);
    }

    @Override
    public Likelihood likelihood() {
      return inner.likelihood();
    }

    @Override
    public Density decode(Latents latents, Pass pass) {
      NDArray z = latents.lowest();
      if (poisoned == Place.GRADIENT) {
        // the root of 0 is 0, its slope infinite, and infinity times 0 no number
        z = z.add(Tensors.multiply(z, 0).sqrt());
      }
      return inner.decode(Latents.of(z), pass).map(values -> at(Place.DECODER, values));
    }
  }

  private final class PoisonedPrior extends Wrapped<Prior> implements Prior {
    PoisonedPrior(Prior inner) {
      super(inner);
    }

    @Override
    public Density distribution(PriorContext context) {
      return new ChangedDensity(inner.distribution(context), logProb -> at(Place.PRIOR, logProb));
    }

    @Override
    public Optional<NDArray> pseudoInputs(Pass pass) {
      return inner.pseudoInputs(pass);
    }
  }

  private final class PoisonedLikelihood extends Wrapped<Likelihood> implements Likelihood {
    PoisonedLikelihood(Likelihood inner) {
      super(inner);
    }

    @Override
    public Shape parameters() {
      return inner.parameters();
    }

    @Override
    public boolean supports(ValueKind kind) {
      return inner.supports(kind);
    }

    @Override
    public Density of(NDArray parameters, Pass pass) {
      return new ChangedDensity(inner.of(parameters, pass), this::poison);
    }

    private NDArray poison(NDArray logProb) {
      return poisoned == Place.LIKELIHOOD_OF_ZERO
          ? Tensors.multiply(logProb.abs().add(1), Double.NEGATIVE_INFINITY)
          : at(Place.LIKELIHOOD, logProb);
    }
  }
}
