package org.largevae.core.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.largevae.api.data.Batch;
import org.largevae.api.data.DataException;
import org.largevae.api.data.ModelShape;
import org.largevae.api.dataset.RawTable;
import org.largevae.core.data.BatchedExamples;
import org.largevae.core.data.ResidentExamples;
import org.largevae.core.evaluation.Baseline;
import org.largevae.core.evaluation.Evaluation;
import org.largevae.core.evaluation.Evaluator;
import org.largevae.core.folder.TrainingSession;
import org.largevae.core.model.ModelFactory;
import org.largevae.core.model.OneLevelVae;
import org.largevae.core.model.ParameterizedModel;
import org.largevae.core.objective.ElboObjective;
import org.largevae.core.results.EpochMetrics;
import org.largevae.core.testing.GarbageCollection;
import org.largevae.core.testing.TextTable;
import org.largevae.core.testing.TinyTraining;
import org.largevae.core.training.TrainingListener;
import org.largevae.likelihoods.Columns;
import org.largevae.likelihoods.ColumnsSettings;
import org.largevae.likelihoods.CountColumns;
import org.largevae.likelihoods.GaussianSettings;
import org.largevae.likelihoods.GaussianVariance;
import org.largevae.likelihoods.RealColumns;
import org.largevae.networks.GatedMlpDecoder;
import org.largevae.networks.GatedMlpEncoder;
import org.largevae.priors.VampPrior;

/** A table in a file gives what the same table on the heap gives, to the last bit. */
class MappedTableTest {
  private static final int ROWS = 300;
  private static final String SECTION =
      "split = [200, 60, 40], columns { identifier = id, label = class, real = [size],"
          + " positive = [price], count = [visits], category = [city], binary = [sold] }, mapped = ";

  private final PreparedDataset heap = prepare("false", table());
  private final PreparedDataset mapped = prepare("true", table());

  private static PreparedDataset prepare(String setting, TextTable table) {
    return Prepared.preparation(SECTION + setting).prepare(table);
  }

  /** With gaps in all columns but one, and a size far from the scale of 1. */
  private static TextTable table() {
    Random random = new Random(1);
    List<String> lines = new ArrayList<>(List.of("id,class,size,price,visits,city,sold"));
    for (int row = 0; row < ROWS; row++) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  "r" + row,
                  "c" + random.nextInt(3),
                  String.format(Locale.ROOT, "%.4f", 1000 + 50 * random.nextGaussian()),
                  String.format(Locale.ROOT, "%.4f", Math.exp(random.nextGaussian())),
                  "" + random.nextInt(9),
                  List.of("Oslo", "Bergen", "Bodø").get(random.nextInt(3)),
                  "" + random.nextInt(2)));
      if (random.nextInt(3) == 0) {
        cells.set(2 + random.nextInt(4), "");
      }
      lines.add(String.join(",", cells));
    }
    return TextTable.of(lines.toArray(String[]::new));
  }

  @Test
  void preparationIsTheSame() {
    assertThat(mapped.training().isMapped()).isTrue();
    assertThat(heap.training().isMapped()).isFalse();
    assertThat(mapped.data()).isEqualTo(heap.data());
    assertThat(mapped.data().isScaled()).isTrue();
    assertThat(mapped.classes()).isEqualTo(heap.classes()).hasSize(3);
    assertThat(heap.identifiers()).hasSize(ROWS);
    assertThat(mapped.identifiers()).as("are not kept").isEmpty();
    for (Function<PreparedDataset, Examples> part : parts()) {
      Examples expected = part.apply(heap);
      Examples found = part.apply(mapped);
      assertThat(found.values()).isEqualTo(expected.values());
      assertThat(found.observed()).isPresent();
      assertThat(found.observed().get()).isEqualTo(expected.observed().orElseThrow());
      assertThat(found.labels().orElseThrow()).isEqualTo(expected.labels().orElseThrow());
      assertThat(found.rows()).isEqualTo(expected.rows()).hasDimensions(expected.size(), 5);
      assertThat(found.rows(7)).isEqualTo(Arrays.copyOf(expected.rows(), 7));
    }
  }

  private static List<Function<PreparedDataset, Examples>> parts() {
    return List.of(PreparedDataset::training, PreparedDataset::validation, PreparedDataset::test);
  }

  @Test
  void theBaselineIsTheSame() {
    assertThat(Baseline.fit(mapped.data(), mapped.training()).orElseThrow().on(mapped.test()))
        .isEqualTo(Baseline.fit(heap.data(), heap.training()).orElseThrow().on(heap.test()));
  }

  @Test
  void batchesAreTheSame() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      BatchedExamples expected = examples(manager, heap.training(), heap);
      BatchedExamples found = examples(manager, mapped.training(), mapped);
      assertThat(expected).isInstanceOf(ResidentExamples.class);
      assertThat(found).isNotInstanceOf(ResidentExamples.class);
      assertThat(found.count()).isEqualTo(expected.count());

      long[] places = {7, 3, 199, 0, 3};
      assertSame(found.trainingBatch(places), expected.trainingBatch(places));
      assertThat(found.batch(places).places()).isEmpty();
      NDArray index = manager.create(places);
      assertThat(found.rows(index).toFloatArray()).isEqualTo(expected.rows(index).toFloatArray());
      assertThat(found.rows(index).getManager()).isSameAs(index.getManager());
      assertThat(found.draw(manager, 20, 3).toFloatArray())
          .isEqualTo(expected.draw(manager, 20, 3).toFloatArray());
    }
  }

  /** A batch may be without gaps where its part has some: it is masked all the same. */
  @Test
  void aBatchIsMaskedIfItsPartIs() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Examples part = mapped.training();
      int[] complete =
          IntStream.range(0, part.size())
              .filter(e -> IntStream.range(0, 5).allMatch(d -> part.isObserved(e, d)))
              .limit(2)
              .toArray();
      long[] places = Arrays.stream(complete).asLongStream().toArray();
      assertSame(
          examples(manager, part, mapped).batch(places),
          examples(manager, heap.training(), heap).batch(places));
    }
  }

  private static void assertSame(Batch found, Batch expected) {
    assertThat(found.x().getShape()).isEqualTo(expected.x().getShape());
    assertThat(found.x().toFloatArray()).isEqualTo(expected.x().toFloatArray());
    assertThat(found.observed().orElseThrow().toFloatArray())
        .isEqualTo(expected.observed().orElseThrow().toFloatArray());
    assertThat(found.labels().orElseThrow().toFloatArray())
        .isEqualTo(expected.labels().orElseThrow().toFloatArray());
    assertThat(found.places().map(NDArray::toLongArray).map(Arrays::toString))
        .isEqualTo(expected.places().map(NDArray::toLongArray).map(Arrays::toString));
  }

  private static BatchedExamples examples(
      NDManager manager, Examples part, PreparedDataset dataset) {
    return BatchedExamples.of(manager, part, dataset.data(), false);
  }

  /** What training and evaluation come to. */
  private record Outcome(
      List<EpochMetrics> epochs, Evaluation test, Evaluation training, List<float[]> weights) {}

  @Test
  void trainingAndEvaluationAreTheSame() {
    Outcome expected = train(heap);
    Outcome found = train(mapped);
    assertEqual(found, expected);
    assertThat(expected.epochs()).hasSize(3);
    assertThat(expected.epochs().get(2).validationLoss())
        .as("something was learnt")
        .isLessThan(expected.epochs().get(0).validationLoss());
  }

  /** Scopes close what is not needed, and the backward pass still reads it. */
  @Test
  void aBatchThatIsClosedLeavesItsMemoryToTheBackwardPass() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray weights = manager.ones(new Shape(5, 1));
      weights.setRequiresGradient(true);
      NDArray x = examples(manager, mapped.training(), mapped).batch(new long[] {4}).x();
      float[] expected = x.toFloatArray();
      NDArray sum = x.matMul(weights).sum();
      x.close();
      GarbageCollection.force();
      collector.backward(sum);
      assertThat(weights.getGradient().toFloatArray()).isEqualTo(expected);
    }
  }

  private static void assertEqual(Outcome found, Outcome expected) {
    assertThat(found.epochs()).isEqualTo(expected.epochs());
    assertThat(found.test().result()).isEqualTo(expected.test().result());
    assertThat(found.test().negativeLogLikelihoods())
        .isEqualTo(expected.test().negativeLogLikelihoods());
    assertThat(found.training().result()).isEqualTo(expected.training().result());
    assertThat(found.weights()).hasSameSizeAs(expected.weights());
    for (int i = 0; i < expected.weights().size(); i++) {
      assertThat(found.weights().get(i)).isEqualTo(expected.weights().get(i));
    }
  }

  /** A VampPrior, which starts from training examples. */
  private static OneLevelVae model(PreparedDataset dataset) {
    ModelShape shape = ModelShape.of(dataset.data(), 2);
    ColumnsSettings settings =
        new ColumnsSettings(
            RealColumns.GAUSSIAN,
            CountColumns.NEGATIVE_BINOMIAL,
            new GaussianSettings(GaussianVariance.COLUMN, -6, 2));
    return new OneLevelVae(
        shape,
        new GatedMlpEncoder(shape, 8),
        new VampPrior(shape, 5),
        new GatedMlpDecoder(shape, new Columns(settings, dataset.data()), 8));
  }

  private static Outcome train(PreparedDataset dataset) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      TrainingSession session =
          new TrainingSession(
              TinyTraining.settings(3, 0, 0),
              new ElboObjective(),
              3,
              examples(manager, dataset.training(), dataset),
              examples(manager, dataset.validation(), dataset),
              new TrainingListener() {},
              () -> false);
      OneLevelVae vae = model(dataset);
      try (ParameterizedModel model =
          ModelFactory.initialize(
              vae, ModelFactory.classNames(vae), Device.cpu(), 3, session.training())) {
        session.rehearse(model);
        List<EpochMetrics> epochs =
            session.inMemory(model).stream().map(MappedTableTest::timeless).toList();
        BatchedExamples test = examples(manager, dataset.test(), dataset);
        return new Outcome(
            epochs,
            Evaluator.evaluate(model, test, 4, 50, 5, done -> {}),
            Evaluator.evaluate(model, session.training(), 1, 50, 5, done -> {}),
            model.parameters().values().stream().map(p -> p.getArray().toFloatArray()).toList());
      }
    }
  }

  private static EpochMetrics timeless(EpochMetrics m) {
    return new EpochMetrics(
        m.epoch(),
        m.beta(),
        m.trainingLoss(),
        m.trainingReconstruction(),
        m.trainingKl(),
        m.validationLoss(),
        m.validationReconstruction(),
        m.validationKl(),
        0);
  }

  @Test
  void aTableWithoutGapsHasNoMask() {
    TextTable complete =
        TextTable.of(
            LongStream.range(-1, 10)
                .mapToObj(i -> i < 0 ? "a,b" : i * i % 7 + "," + i * i % 5 * 0.5)
                .toArray(String[]::new));
    for (String setting : List.of("true", "false")) {
      PreparedDataset prepared =
          Prepared.preparation("split = [6, 2, 2], columns.real = [a, b], mapped = " + setting)
              .prepare(complete);
      assertThat(prepared.training().observed()).isEmpty();
      assertThat(prepared.training().labels()).isEmpty();
    }
  }

  @Test
  void anIdentifierThatComesTwiceIsToldAsOnTheHeap() {
    for (String setting : List.of("true", "false")) {
      assertThatThrownBy(
              () ->
                  Prepared.preparation(
                          "columns { identifier = id, real = [a] }, mapped = " + setting)
                      .prepare(TextTable.of("id,a", "x,1", "y,2", "z,3", "y,4")))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "text: line 5: the identifier \"y\" was there before, in text: line 3; an identifier"
                  + " names one row, take another column or none");
    }
  }

  @Test
  void aTableThatChangesBetweenItsReadingsIsRefused() {
    for (String setting : List.of("true", "false")) {
      for (int second : new int[] {ROWS - 1, ROWS + 1}) {
        assertThatThrownBy(
                () ->
                    Prepared.preparation("columns.real = [a], mapped = " + setting)
                        .prepare(new Changing(new AtomicInteger(ROWS), second)))
            .isInstanceOf(DataException.class)
            .hasMessageStartingWith(
                "dataset text: had 300 rows when it was read first and has another number now;");
      }
    }
  }

  /** A table that has another number of rows from the second reading on. */
  private record Changing(AtomicInteger size, int second) implements RawTable {
    @Override
    public String name() {
      return "text";
    }

    @Override
    public List<String> columns() {
      return List.of("a");
    }

    @Override
    public Map<String, String> fingerprints() {
      return Map.of();
    }

    @Override
    public Rows rows() {
      return TextTable.of(
              IntStream.rangeClosed(0, size.getAndSet(second))
                  .mapToObj(i -> i == 0 ? "a" : i * 7 % 11 + ".5")
                  .toArray(String[]::new))
          .rows();
    }
  }

  @Test
  void picturesStayBytesWhereTheSettingSaysSo() {
    assertThat(
            Prepared.preparation("mapped = true")
                .prepare(Prepared.pixels(20))
                .training()
                .isMapped())
        .isTrue();
  }

  @Test
  void theSettingIsReadStrictly() {
    assertThatThrownBy(() -> Prepared.preparation("mapped = sometimes"))
        .hasMessageContaining("mapped")
        .hasMessageContaining("auto");
  }
}
