package org.largevae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.largevae.api.data.ModelShape;
import org.largevae.api.distribution.Latents;
import org.largevae.api.tensor.ShapeException;

/** Checks of components of a level below others, with messages for their author. */
final class LevelChecks {
  /** The sizes of two levels above, which differ so that one cannot be taken for the other. */
  static final List<Integer> TWO_ABOVE = List.of(4, 2);

  private static final String[] ORDINALS = {"first", "second", "third", "fourth"};

  private LevelChecks() {}

  /** What latents above are called in messages, top first. */
  static List<String> names(ModelShape shape) {
    return IntStream.range(0, shape.latentSizesAbove().size())
        .mapToObj(level -> "the latents of the " + ORDINALS[level] + " level above")
        .toList();
  }

  /** One row of latents, shapes (1, M_j). */
  static Latents row(NDList latents, int row) {
    return new Latents(latents.stream().map(z -> z.get(row + ":" + (row + 1))).toList());
  }

  /** The rows of latents (S B, M_j) as S draws for each of B, shapes (S, B, M_j). */
  static Latents draws(NDList latents, int draws) {
    return new Latents(
        latents.stream()
            .map(
                z -> {
                  Shape shape = z.getShape();
                  return z.reshape(draws, shape.get(0) / draws, shape.get(1));
                })
            .toList());
  }

  /** Fails unless outputs change with the latents of every level above. */
  static void everyLevelCounts(
      Gradients gradients, List<Leaf> above, String what, String insteadOfReading) {
    double[][] found = gradients.all();
    for (int level = 0; level < above.size(); level++) {
      assertThat(Arrays.stream(found[level]).anyMatch(g -> g != 0))
          .withFailMessage(
              "%s does not change with %s, top first, or no gradient reaches them: read all of"
                  + " above.levels()%s",
              what, above.get(level).name(), insteadOfReading)
          .isTrue();
    }
  }

  /**
   * Fails unless latents above of other sizes are refused.
   *
   * @param bench with a component of a level below others
   * @param call gives the component latents above, shapes (3, M_j)
   * @param method what is called, for messages
   */
  static void otherSizesAreRefused(Bench<?> bench, Consumer<Latents> call, String method) {
    List<Integer> sizes = bench.shape().latentSizesAbove();
    List<List<Integer>> wrong = new ArrayList<>();
    wrong.add(sizes.subList(0, sizes.size() - 1));
    List<Integer> oneMore = new ArrayList<>(sizes);
    oneMore.add(3);
    wrong.add(oneMore);
    List<Integer> larger = new ArrayList<>(sizes);
    larger.set(0, sizes.get(0) + 1);
    wrong.add(larger);
    for (List<Integer> other : wrong) {
      List<NDArray> latents =
          other.stream().map(size -> bench.points(new Shape(3), size, 1)).toList();
      refused(() -> call.accept(new Latents(latents)), method, other, sizes);
    }
  }

  private static void refused(
      Runnable call, String method, List<Integer> other, List<Integer> sizes) {
    String advice =
        String.format(
            Locale.ROOT,
            "%s takes latents above of the sizes %s, though it was made for %s: throw a"
                + " ShapeException that says which are needed",
            method,
            other,
            sizes);
    try {
      call.run();
    } catch (ShapeException expected) {
      return;
    } catch (RuntimeException another) {
      throw new AssertionError(advice + ", not " + another, another);
    }
    throw new AssertionError(advice);
  }
}
