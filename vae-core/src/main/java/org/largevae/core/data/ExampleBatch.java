package org.largevae.core.data;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.largevae.api.data.Batch;

/** A batch of a partition's examples. */
record ExampleBatch(
    NDArray x, Optional<NDArray> places, Optional<NDArray> labels, Optional<NDArray> observed)
    implements Batch {}
