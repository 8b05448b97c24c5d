package org.largevae.core.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.config.SettingException;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.Scale;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.dataset.Dataset;
import org.largevae.api.dataset.Values;
import org.largevae.core.testing.TextTable;

class TablePreparationTest {
  private static final String SPLIT = "split = [6, 2, 2], split-order = given, ";

  private static PreparedDataset prepare(String columns, String... lines) {
    return Prepared.preparation(SPLIT + "columns { " + columns + " }").prepare(TextTable.of(lines));
  }

  /** A header and ten rows, each made from its number. */
  private static String[] table(String header, java.util.function.IntFunction<String> row) {
    List<String> lines = new ArrayList<>(List.of(header));
    IntStream.range(0, 10).mapToObj(row).forEach(lines::add);
    return lines.toArray(String[]::new);
  }

  private static final int[] SCATTERED = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};

  @Test
  void kindsAreGuessedFromCells() {
    DataDescription data =
        prepare(
                "",
                table(
                    "member,visits,height,income,city",
                    i ->
                        String.format(
                            Locale.ROOT,
                            "%d,%d,%s,%s,%s",
                            i % 2,
                            SCATTERED[i],
                            1.5 + SCATTERED[i] * 0.01,
                            Math.exp(SCATTERED[i]),
                            i % 3 == 0 ? "Oslo" : "Bergen")))
            .data();

    assertThat(data.names()).containsExactly("member", "visits", "height", "income", "city");
    assertThat(IntStream.range(0, 5).mapToObj(data::kind))
        .containsExactly(
            ValueKinds.BINARY,
            ValueKinds.COUNT,
            ValueKinds.REAL,
            ValueKinds.POSITIVE,
            ValueKinds.category(2));
    assertThat(data.categories(4)).containsExactly("Bergen", "Oslo");
  }

  @Test
  void settingsSayWhatColumnsAre() {
    PreparedDataset prepared =
        prepare(
            "real = [visits], category = [rank], ordinal = [\"size: small < large\"], label ="
                + " class, identifier = id, leave-out = [note]",
            table(
                "id,visits,rank,size,class,note",
                i ->
                    String.format(
                        Locale.ROOT,
                        "r%d,%d,%d.0,%s,%s,x",
                        i,
                        SCATTERED[i],
                        1 + i % 3,
                        i % 2 == 0 ? "large" : "small",
                        "k" + i % 2)));
    DataDescription data = prepared.data();

    assertThat(data.names()).containsExactly("visits", "rank", "size");
    assertThat(data.kind(0)).isEqualTo(ValueKinds.REAL);
    assertThat(data.categories(1)).containsExactly("1", "2", "3");
    assertThat(data.kind(2)).isEqualTo(ValueKinds.ordinal(2));
    assertThat(data.categories(2)).containsExactly("small", "large");
    assertThat(prepared.classes()).containsExactly("k0", "k1");
    assertThat(prepared.identifiers()).hasSize(10).contains("r7");
    assertThat(prepared.training().labels().orElseThrow()).containsExactly(0, 1, 0, 1, 0, 1);
  }

  @Test
  void aStarIsForAllColumnsThatNoOtherKeyNames() {
    DataDescription data =
        prepare(
                "count = [\"*\"], real = [b], label = d",
                table(
                    "a,b,c,d",
                    i ->
                        String.format(
                            Locale.ROOT, "%d,%d,%d,k%d", i % 2, SCATTERED[i], SCATTERED[i], i % 2)))
            .data();

    assertThat(data.names()).containsExactly("a", "b", "c");
    assertThat(IntStream.range(0, 3).mapToObj(data::kind))
        .containsExactly(ValueKinds.COUNT, ValueKinds.REAL, ValueKinds.COUNT);
    assertThatThrownBy(() -> prepare("count = [\"*\"], real = [\"*\"]", "a", "1"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("names the column \"*\", which columns.");
  }

  /** Fitted to what is observed of the first six rows alone. */
  @Test
  void scalesAreFittedToTheTrainingPart() {
    PreparedDataset prepared =
        prepare(
            "real = [a], positive = [b]",
            "a,b",
            "1,1",
            "3,100",
            ",10",
            "5,",
            "1,1000",
            "5,1",
            "900,7",
            "1,7",
            "2,7",
            "3,7");

    Scale real = prepared.data().scale(0);
    // of 1, 3, 5, 1, 5
    assertThat(real.location()).isEqualTo(3);
    assertThat(real.spread()).isCloseTo(Math.sqrt(3.2), within(1e-12));
    Scale positive = prepared.data().scale(1);
    // the geometric mean of 1, 100, 10, 1000, 1
    assertThat(positive.location()).isZero();
    assertThat(positive.spread()).isCloseTo(Math.pow(10, 6.0 / 5), within(1e-6));
    // values stay in their own units
    assertThat(prepared.validation().value(0, 0)).isEqualTo(900);
  }

  @Test
  void nothingIsScaledIfNotAskedFor() {
    PreparedDataset prepared =
        Prepared.preparation(SPLIT + "standardize = false, columns { real = [a] }")
            .prepare(TextTable.of(table("a", i -> String.valueOf(SCATTERED[i]))));

    assertThat(prepared.data().isScaled()).isFalse();
  }

  @Test
  void gapsAreKnown() {
    PreparedDataset prepared =
        prepare(
            "real = [a], category = [b]",
            table("a,b", i -> (i == 1 ? "" : SCATTERED[i]) + "," + (i == 2 ? "" : "w" + i % 2)));

    assertThat(prepared.data().mayBeMissing(0)).isTrue();
    assertThat(prepared.training().isObserved(1, 0)).isFalse();
    assertThat(prepared.training().isObserved(2, 1)).isFalse();
    assertThat(prepared.test().isObserved(0, 0)).isTrue();
    assertThat(prepared.data().categories(1)).containsExactly("w0", "w1");
  }

  @Test
  void gapsCanBeExpectedOfOtherRows() {
    DataDescription data =
        prepare(
                "real = [a, b], may-be-missing = [b]",
                table("a,b", i -> SCATTERED[i] + "," + SCATTERED[9 - i]))
            .data();

    assertThat(data.mayBeMissing(0)).isFalse();
    assertThat(data.mayBeMissing(1)).isTrue();
  }

  @Test
  void whatCannotBeGuessedIsAsked() {
    assertThatThrownBy(
            () ->
                prepare(
                    "",
                    table(
                        "row,when,same,a",
                        i ->
                            String.format(
                                Locale.ROOT, "%d,2026-11-%02d,7,%d", i, 9 + i, SCATTERED[i]))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "dataset text: say what 3 columns are: \"row\" counts the rows, \"when\" holds dates or"
                + " times, \"same\" has the same value in every row; set dataset.columns.leave-out ="
                + " [row, when, same], or name them under another key of dataset.columns, such as"
                + " real, category, identifier or label");
  }

  @Test
  void namesOfRowsAreNoCategories() {
    List<String> lines = new ArrayList<>(List.of("name,a"));
    IntStream.range(0, 30).forEach(i -> lines.add("Person " + i + "," + i % 7));

    assertThatThrownBy(() -> prepare("", lines.toArray(String[]::new)))
        .hasMessageContaining("\"name\" has a different text in most rows");
  }

  @Test
  void wordsAmongNumbersAreAsked() {
    assertThatThrownBy(() -> prepare("", table("age", i -> i == 4 ? "-" : "" + SCATTERED[i])))
        .hasMessageContaining(
            "\"age\" holds numbers, but in text: line 6 \"-\", which"
                + " dataset.missing can name if it stands for no value");
  }

  @Test
  void codesAreNoNumbers() {
    assertThatThrownBy(() -> prepare("", table("zip", i -> "0" + SCATTERED[i] + "11" + i % 4)))
        .hasMessageContaining("\"zip\" has numbers that begin with 0, as codes do");
  }

  @Test
  void decimalCommasAreNoWords() {
    // a cell with a comma, which TextTable.of parts by
    List<List<String>> cells =
        IntStream.range(0, 10).mapToObj(i -> List.of(SCATTERED[i] + ",5")).toList();
    TextTable prices = new TextTable(List.of("price"), cells);

    assertThatThrownBy(() -> Prepared.preparation(SPLIT).prepare(prices))
        .hasMessageContaining("\"price\" holds numbers with decimal commas")
        .hasMessageContaining("dataset.decimal = comma");
  }

  @Test
  void settingsOfOtherTablesAreRefused() {
    assertThatThrownBy(
            () -> prepare("real = [heigth]", table("height,a", i -> i + "," + SCATTERED[i])))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("columns.real")
        .hasMessageContaining("\"heigth\"")
        .hasMessageContaining("did you mean height?");
  }

  @Test
  void aColumnIsOneThing() {
    assertThatThrownBy(() -> Prepared.preparation("columns { real = [a], label = a }"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dataset.columns.label")
        .hasMessageContaining("names the column \"a\", which columns.real names too");
  }

  @Test
  void wordsAreNoNumbers() {
    assertThatThrownBy(
            () ->
                prepare(
                    "real = [a]", table("a", i -> i == 4 ? "tall" : String.valueOf(SCATTERED[i]))))
        .isInstanceOf(DataException.class)
        .hasMessage("text: line 6: column \"a\" holds \"tall\", which is no number");
  }

  @Test
  void valuesAreOfTheirKind() {
    assertThatThrownBy(
            () -> prepare("count = [a]", table("a", i -> i == 4 ? "1.5" : "" + SCATTERED[i])))
        .hasMessage("text: line 6: column \"a\" holds 1.5; counts are whole numbers from 0 on");
    assertThatThrownBy(
            () -> prepare("positive = [a]", table("a", i -> i == 4 ? "0" : "" + SCATTERED[i])))
        .hasMessageContaining("line 6")
        .hasMessageContaining("holds 0");
  }

  @Test
  void codesStayApart() {
    DataDescription data =
        prepare(
                "category = [zip, code], label = class",
                table(
                    "zip,code,class",
                    i ->
                        (i % 2 == 0 ? "01234" : "1234")
                            + ",12345678901234567"
                            + (8 + i % 2)
                            + ","
                            + (i % 3 == 0 ? "b" : "a")))
            .data();

    assertThat(data.categories(0)).containsExactly("01234", "1234");
    assertThat(data.categories(1)).containsExactly("123456789012345678", "123456789012345679");
  }

  @Test
  void classesAreInTheOrderOfTheirNames() {
    PreparedDataset prepared =
        prepare("label = class", table("a,class", i -> SCATTERED[i] + ",k" + (9 - i) / 5));

    assertThat(prepared.classes()).containsExactly("k0", "k1");
  }

  @Test
  void numbersBeyondSinglePrecisionAreTold() {
    assertThatThrownBy(
            () -> prepare("real = [t]", table("t", i -> "17000000" + SCATTERED[i] + "0")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column \"t\" goes from 1700000010 to 1700000090")
        .hasMessageContaining("dataset.columns.leave-out = [t]");
    assertThatThrownBy(
            () -> prepare("count = [n]", table("n", i -> String.valueOf(20_000_001 + i * i))))
        .hasMessageContaining("name it under dataset.columns.real or positive");
  }

  @Test
  void levelsDiffer() {
    assertThatThrownBy(
            () ->
                prepare(
                    "ordinal = [\"size: small < small < large\"]",
                    table("size", i -> i % 2 == 0 ? "small" : "large")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("names a level twice or leaves one empty");
  }

  @Test
  void tablesOfFewRowsAreTold() {
    assertThatThrownBy(() -> prepare("", "a,b"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the table has no rows");
    assertThatThrownBy(() -> prepare("", "a,b", "1,2"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the table has one row; training, validation and test take");
  }

  @Test
  void wordsInAnOrderNeedIt() {
    assertThatThrownBy(
            () -> prepare("ordinal = [size]", table("size", i -> i % 2 == 0 ? "big" : "small")))
        .hasMessageContaining("give all of them in their order")
        .hasMessageContaining("dataset.columns.ordinal = [\"size: big < small\"]");
  }

  @Test
  void identifiersNameOneRow() {
    assertThatThrownBy(
            () -> prepare("identifier = id", table("id,a", i -> "n" + i % 7 + "," + SCATTERED[i])))
        .hasMessageContaining(
            "text: line 9: the identifier \"n0\" was there before, in text: line 2");
  }

  @Test
  void binarizationIsForPictures() {
    assertThatThrownBy(
            () ->
                Prepared.preparation(SPLIT + "binarization = static")
                    .prepare(TextTable.of(table("a", i -> "" + SCATTERED[i]))))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("dataset.binarization = none");
  }

  @Test
  void constantTrainingValuesCannotBeStandardised() {
    assertThatThrownBy(
            () -> prepare("real = [a]", table("a,b", i -> (i < 6 ? 1 : i) + "," + SCATTERED[i])))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column \"a\" is 1.0 in every training example");
  }

  @Test
  void rowsAreReadAgainAsTheModelKnowsThem() {
    PreparedDataset prepared =
        prepare(
            "real = [a], category = [b], identifier = id",
            table("id,a,b", i -> "n" + i + "," + SCATTERED[i] + ",w" + i % 2));
    ExampleReader reader =
        ExampleReader.ofFile(Prepared.settings("columns { identifier = id }"), prepared.data());
    List<ExampleBlock> blocks = new ArrayList<>();

    reader.read(
        TextTable.of("b,other,a,id", "w1,x,2.5,p", "w0,y,-1,q", "w1,z,0,r"),
        "text",
        2,
        blocks::add);

    assertThat(blocks).hasSize(2);
    assertThat(blocks.get(0).rows()).isEqualTo(new float[][] {{2.5f, 1}, {-1, 0}});
    assertThat(blocks.get(1).first()).isEqualTo(2);
    assertThat(blocks.get(1).identifiers()).containsExactly("r");
  }

  /** A table of numbers alone goes by the order of its columns. */
  @Test
  void columnsInAnotherOrderAreTold() {
    DataDescription data =
        DataDescription.of(
            List.of(new Column("a", ValueKinds.REAL), new Column("b", ValueKinds.REAL)));
    Dataset swapped =
        new Dataset(
            "csv",
            new DataShape(1, 1, 2),
            1,
            new Values.Reals(new float[] {1, 2}),
            Map.of(),
            Optional.empty(),
            List.of("b", "a"));

    assertThatThrownBy(
            () ->
                ExampleReader.ofFile(Prepared.settings(""), data)
                    .read(swapped, "new.csv", 9, block -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("new.csv: column 1 is \"b\", but the model was trained with \"a\"");
  }

  @Test
  void otherRowsAreTold() {
    PreparedDataset prepared =
        prepare("real = [a], category = [b]", table("a,b", i -> SCATTERED[i] + ",w" + i % 2));
    ExampleReader reader = ExampleReader.ofFile(Prepared.settings(""), prepared.data());

    assertThatThrownBy(() -> reader.read(TextTable.of("a", "1"), "text", 2, block -> {}))
        .hasMessage("text: lacks a column of the model: b; it has a");
    assertThatThrownBy(
            () -> reader.read(TextTable.of("a,b", "1,w0", "2,w7"), "text", 9, block -> {}))
        .hasMessage(
            "text: line 3: column \"b\" holds \"w7\", which is none of its categories: w0, w1");
    assertThatThrownBy(() -> reader.read(TextTable.of("a,b", ",w0"), "text", 9, block -> {}))
        .hasMessageContaining("text: line 2: column \"a\" holds no value")
        .hasMessageContaining("dataset.columns.may-be-missing");
    assertThatThrownBy(() -> reader.read(TextTable.of("a,b", "x,w0"), "text", 9, block -> {}))
        .hasMessage("text: line 2: column \"a\" holds \"x\", which is no number");
  }
}
