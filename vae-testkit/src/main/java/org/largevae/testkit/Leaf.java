package org.largevae.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

/** Something that outputs are differentiated by. Its array is replaced, never changed in place. */
interface Leaf {

  /** For messages. */
  String name();

  /** The present array. */
  NDArray array();

  /** Replaces the array. */
  void assign(double[] values, DataType type);

  /** The present values. */
  default double[] values() {
    return Arrays64.values(array());
  }

  /** An input of the component. */
  record Input(String name, NDList inputs, int index, NDManager manager) implements Leaf {
    @Override
    public NDArray array() {
      return inputs.get(index);
    }

    @Override
    public void assign(double[] values, DataType type) {
      Shape shape = array().getShape();
      inputs.set(index, Arrays64.create(manager, values, shape, type));
    }
  }

  /** A parameter. */
  record Weight(String name, Parameter parameter, Bench<?> bench) implements Leaf {
    @Override
    public NDArray array() {
      return parameter.getArray();
    }

    @Override
    public void assign(double[] values, DataType type) {
      bench.assign(parameter, values, type);
    }
  }
}
