package org.largevae.core.model;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.Map;
import org.largevae.api.component.ModelShape;
import org.largevae.api.component.Pass;

/** A variational autoencoder with its parameters, on one device. */
public interface VariationalAutoencoder extends AutoCloseable {

  /**
   * The sizes of the data and the latents.
   *
   * @return the shape
   */
  ModelShape shape();

  /**
   * Owns the parameters; its device is the model's.
   *
   * @return the manager
   */
  NDManager manager();

  /**
   * All parameters by their unique names, in a fixed order: {@code encoder.}, {@code decoder.},
   * {@code prior.} and {@code likelihood.} before the names that the components gave.
   *
   * @return the parameters, not to be replaced
   */
  Map<String, Parameter> parameters();

  /**
   * Starts a pass: work that depends on parameters alone, such as encoding pseudo-inputs, is done
   * here, once.
   *
   * @param pass training or inference
   * @return the model with its present parameters, good until they change; its arrays belong to the
   *     caller's {@link ai.djl.ndarray.NDScope}
   */
  ModelPass begin(Pass pass);

  /** Frees the parameters. */
  @Override
  void close();
}
