package org.largevae.networks.pixel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.largevae.api.data.DataShape;
import org.largevae.api.distribution.Density;
import org.largevae.api.distribution.Noise;
import org.largevae.api.distribution.Shapes;

/**
 * {@code log p(x|z) = sum_i log p(x_i | x_before_i, z)} over the pixels in raster order, row by row
 * from the top left (van den Oord et al. 2016, arXiv:1601.06759). The values of one pixel, such as
 * red, green and blue, are independent of each other given the pixels before it. It is an exact
 * density whenever the likelihood is.
 *
 * <p>{@link #logProb} runs the network once, for all pixels; a draw runs it pixel by pixel, and
 * does each layer's work for a pixel once. It has no {@link #mean} that could be computed: that of
 * a pixel is an expectation over all pictures that may precede it.
 *
 * @param decoder with the network
 * @param latents each level's, shape (batch, M_l)
 * @param weights the parameters' values
 */
record PixelDensity(PixelDecoder decoder, List<NDArray> latents, PixelWeights weights)
    implements Density {
  private static final long FIXED_SEED = 1;

  /** How many numbers of a layer are held at once where nothing asks for the whole batch. */
  private static final long NUMBERS_AT_ONCE = 1L << 24;

  PixelDensity {
    latents = List.copyOf(latents);
  }

  @Override
  public Shape batch() {
    return PixelDecoder.leading(latents.get(0));
  }

  @Override
  public Shape event() {
    return new Shape(decoder.picture().dimensions());
  }

  @Override
  public NDArray logProb(NDArray x) {
    Shapes.requireFit(x, batch(), event().get(0));
    Shape leading = broadcast(PixelDecoder.leading(x), batch());
    NDArray pictures = rows(x, leading);
    List<NDArray> rows = latents.stream().map(level -> rows(level, leading)).toList();
    long count = pictures.getShape().get(0);
    long atOnce = Math.max(1, NUMBERS_AT_ONCE / decoder.network().numbersPerPicture());
    // batch statistics are of the whole batch
    if (weights.isTraining() || count <= atOnce) {
      return logProb(pictures, rows).reshape(leading);
    }
    NDList parts = new NDList();
    for (long from = 0; from < count; from += atOnce) {
      parts.add(part(pictures, rows, from, Math.min(from + atOnce, count)));
    }
    return MaskedConvolution.concat(parts, 0).reshape(leading);
  }

  private NDArray part(NDArray pictures, List<NDArray> rows, long from, long to) {
    NDIndex range = new NDIndex(from + ":" + to);
    NDArray part;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      part = logProb(pictures.get(range), rows.stream().map(level -> level.get(range)).toList());
      NDScope.unregister(part);
    }
    NDScope.register(part);
    return part;
  }

  /** Shape (n, D) and (n, M_l) give (n). */
  private NDArray logProb(NDArray pictures, List<NDArray> rows) {
    DataShape picture = decoder.picture();
    NDArray maps = decoder.maps(rows, weights);
    NDArray x =
        pictures
            .reshape(-1, picture.channels(), picture.height(), picture.width())
            .toType(maps.getDataType(), false);
    NDArray outputs = decoder.network().outputs(x, maps, weights);
    Shape parameters = new Shape(-1).addAll(decoder.likelihood().parameters());
    return decoder.likelihood().of(outputs.reshape(parameters), weights.pass()).logProb(pictures);
  }

  /** Shape (..., size) gives (n, size), n the size of the leading axes that it is broadcast to. */
  private static NDArray rows(NDArray x, Shape leading) {
    long size = x.getShape().get(x.getShape().dimension() - 1);
    NDArray whole = PixelDecoder.leading(x).equals(leading) ? x : x.broadcast(leading.add(size));
    return whole.reshape(-1, size);
  }

  private static Shape broadcast(Shape one, Shape other) {
    int axes = Math.max(one.dimension(), other.dimension());
    long[] shape = new long[axes];
    for (int axis = 0; axis < axes; axis++) {
      int fromLast = axes - axis;
      long a = fromLast > one.dimension() ? 1 : one.get(one.dimension() - fromLast);
      long b = fromLast > other.dimension() ? 1 : other.get(other.dimension() - fromLast);
      shape[axis] = Math.max(a, b);
    }
    return new Shape(shape);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The random numbers of all pictures' first pixels are taken first, then those of the second,
   * so that S draws at once are others than S one by one.
   */
  @Override
  public NDArray sample(Shape leading, Noise noise) {
    Shape all = leading.addAll(batch());
    NDArray drawn;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<NDArray> rows = latents.stream().map(level -> rows(level.stopGradient(), all)).toList();
      PixelWeights fixed = weights.withoutGradient();
      try (PixelSequence sequence = decoder.network().sequence(decoder.maps(rows, fixed), fixed)) {
        drawn = pictures(sequence, all, noise);
      }
      NDScope.unregister(drawn);
    }
    NDScope.register(drawn);
    return drawn;
  }

  private NDArray pictures(PixelSequence sequence, Shape all, Noise noise) {
    DataShape picture = decoder.picture();
    NDList rows = new NDList();
    for (int row = 0; row < picture.height(); row++) {
      NDArray whole;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        sequence.beginRow(row);
        NDList pixels = new NDList();
        for (int column = 0; column < picture.width(); column++) {
          NDArray pixel = pixel(sequence.outputs(row, column), all, noise);
          sequence.put(row, column, pixel);
          pixels.add(pixel.expandDims(2));
        }
        whole = MaskedConvolution.concat(pixels, 2);
        NDScope.unregister(whole);
      }
      NDScope.register(whole);
      rows.add(whole.expandDims(2));
    }
    // (n, C, H, W)
    return MaskedConvolution.concat(rows, 2).reshape(all.add(picture.dimensions()));
  }

  /** Shape (n, outputs) gives values of shape (n, C). */
  private NDArray pixel(NDArray outputs, Shape all, Noise noise) {
    NDArray parameters = outputs.reshape(all.addAll(decoder.onePixel().parameters()));
    return decoder
        .onePixel()
        .of(parameters, weights.pass())
        .sample(new Shape(), noise)
        .toType(outputs.getDataType(), false)
        .reshape(-1, decoder.picture().channels());
  }

  @Override
  public boolean hasMean() {
    return false;
  }

  /** There is none; see the class. */
  @Override
  public NDArray mean() {
    throw new UnsupportedOperationException(
        "the mean of p(x|z) of an autoregressive decoder cannot be computed; take draws,"
            + " sample(...), or one that is the same at each call, pointEstimate()");
  }

  /**
   * A draw with the same random numbers at each call and for each of the batch, so that two differ
   * by what their latents say alone. It is one picture of many that p(x|z) allows, not an average
   * and not the most probable.
   */
  @Override
  public NDArray pointEstimate() {
    int axes = batch().dimension();
    long[] seeds = new long[axes == 0 ? 1 : Math.toIntExact(batch().get(axes - 1))];
    Arrays.fill(seeds, FIXED_SEED);
    return sample(new Shape(), Noise.ofExamples(seeds));
  }

  /** The parameters of a batch are its latents; the network's are of all and stay. */
  @Override
  public PixelDensity map(UnaryOperator<NDArray> change) {
    return new PixelDensity(decoder, latents.stream().map(change).toList(), weights);
  }

  @Override
  public PixelDensity detached() {
    return new PixelDensity(
        decoder, latents.stream().map(NDArray::stopGradient).toList(), weights.withoutGradient());
  }
}
