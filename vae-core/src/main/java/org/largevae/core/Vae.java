package org.largevae.core;

import java.nio.file.Path;
import java.util.Objects;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.ModelShape;
import org.largevae.api.model.Model;
import org.largevae.api.network.Decoder;
import org.largevae.api.network.Encoder;
import org.largevae.api.prior.Prior;
import org.largevae.core.engine.Devices;
import org.largevae.core.engine.PyTorch;
import org.largevae.core.folder.SavedModel;
import org.largevae.core.model.OneLevelVae;

/**
 * A variational autoencoder put together from components:
 *
 * <pre>{@code
 * DataDescription data = DataDescription.of(new DataShape(1, 28, 28), ValueKinds.BINARY);
 * ModelShape shape = ModelShape.of(data, 40);
 * Vae vae =
 *     Vae.of(
 *         shape,
 *         new GatedMlpEncoder(shape, 300, 300),
 *         new VampPrior(shape, 500),
 *         new GatedMlpDecoder(shape, new Bernoulli(data), 300, 300));
 * try (TrainedVae trained = vae.trainer(examples).epochs(20).train()) {
 *   trained.save(Path.of("digits"));
 * }
 * }</pre>
 *
 * <p>Your own component is used like any other; it needs no registration. Components belong to one
 * open model at a time: close a {@link TrainedVae} before its components are trained or opened
 * again.
 */
public final class Vae {
  private final Model model;

  private Vae(Model model) {
    this.model = Objects.requireNonNull(model, "model is null");
  }

  /**
   * A model with one level of latents.
   *
   * @param shape the sizes that the components were made for
   * @param encoder q(z|x)
   * @param prior p(z)
   * @param decoder p(x|z), with its likelihood
   * @return the autoencoder
   * @throws ConfigurationException if the likelihood is none of the data's values
   */
  public static Vae of(ModelShape shape, Encoder encoder, Prior prior, Decoder decoder) {
    return new Vae(new OneLevelVae(shape, encoder, prior, decoder));
  }

  /**
   * Any model.
   *
   * @param model your own, or one with another number of levels
   * @return the autoencoder
   */
  public static Vae of(Model model) {
    return new Vae(model);
  }

  /**
   * Prepares to train it.
   *
   * @param examples N x D values, of the kinds that the description of the data names; NaN for a
   *     missing value, where values may be missing
   * @return how to train
   * @throws org.largevae.api.data.DataException if there are none, or a value is not of its kind
   * @throws org.largevae.api.tensor.ShapeException if an example does not have D values
   */
  public VaeTrainer trainer(float[][] examples) {
    return new VaeTrainer(model, examples);
  }

  /**
   * Opens a model that was saved, or trained in a folder, with components like these.
   *
   * @param folder of the saved model
   * @return the model, on a GPU if there is one; to be closed
   * @throws org.largevae.api.config.ConfigurationException if the folder holds no model, or a model
   *     of other components, or the engine's native library is missing
   * @throws org.largevae.api.data.DataException if a file is damaged or of another version
   */
  public TrainedVae open(Path folder) {
    return open(folder, "auto");
  }

  /**
   * Opens a model that was saved with components like these.
   *
   * @param folder of the saved model
   * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
   * @return the model, to be closed
   * @throws org.largevae.api.config.ConfigurationException as {@link #open(Path)}, or if there is
   *     no such device
   * @throws org.largevae.api.data.DataException if a file is damaged or of another version
   */
  public TrainedVae open(Path folder, String device) {
    PyTorch.start();
    return new TrainedVae(
        SavedModel.open(folder, model, Devices.choose(device)), PictureScale.HALF);
  }
}
