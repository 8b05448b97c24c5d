package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.largevae.api.data.DataException;
import org.largevae.datasets.format.CsvFormat.Header;

class CsvTableTest {

  @Test
  void readsWhatNumPyWrote() {
    NumericArray array = read(OwnFiles.text("table.csv"), Header.AUTO, "label");
    assertThat(array.sizes()).containsExactly(2, 3);
    assertThat(OwnFiles.inOrder(array)).containsExactly(0.5f, -1e-3f, 255, 1 / 3f, 2e10f, 0);
    assertThat(array.place().apply(4)).isEqualTo("line 3, column 3 (b)");
  }

  @Test
  void columnsAreLeftOutByNameOrNumber() {
    String text = "id,x,y\n7,1,2\n8,3,4\n";
    assertThat(OwnFiles.inOrder(read(text, Header.AUTO, "id"))).containsExactly(1, 2, 3, 4);
    assertThat(OwnFiles.inOrder(read(text, Header.AUTO, "1", "y"))).containsExactly(1, 3);
    assertThat(OwnFiles.inOrder(read("7,1,2\n8,3,4", Header.AUTO, "3")))
        .containsExactly(7, 1, 8, 3);
  }

  @Test
  void textIsLeftOutUnread() {
    assertThat(OwnFiles.inOrder(read("a,cat,1\nb,\"dog, big\",2\n", Header.FALSE, "1", "2")))
        .containsExactly(1, 2);
  }

  @Test
  void linesMayEndAnyWayAndBeEmptyAndBeginWithAMark() {
    assertThat(OwnFiles.inOrder(read("\ufeffa,b\r\n1,2\r\n\r\n 3 , 4\r\n\r\n", Header.AUTO)))
        .containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5,3.25,-1e2\n1,1,1",
        "1,2,4\n1,1,1",
        "1\n2",
        "0,0,0,0\n0,9,0,0",
        "0.000,1.000\n0.5,0.7",
        "2,4,6\n3,6,9",
        "3,5,9,20,21,50\n4,5,8,19,33,51",
        "7,5,9\n1,2.5,3\n4,5,6\n7,8,9.5",
        "9,2\n1,2\n3,4\n2,7\n1,4\n5,3",
      })
  void aFirstLineOfNumbersIsAnExample(String text) {
    assertThat(read(text, Header.AUTO).sizes().get(0)).isEqualTo(text.split("\n").length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0,1,2|5,5,5; its fields count up from 0",
        "1,2,3|5,5,5; its fields count up from 1",
        ",0,1|5,5,5; only some of its fields are numbers",
        "x,3|5,5; only some of its fields are numbers",
        "900,902,904|0.1,0.5,0.2|0.3,0.4,0.1; its numbers go in equal steps",
        "1.5,1.4,1.3|1.1,1.4,1.2; its numbers go in equal steps",
        "3,5,9,20,21,50|3,6,5,30,22,51; its numbers go in one direction, those of other lines do not",
        "2001,1997,2010|0.1,0.2,0.3|1.1,-0.2,0.2|0.7,9.5,1.5; it holds whole numbers and the lines"
            + " below hold fractions",
        "900,800|1,2|3,4|2,7|1,4|5,3; its numbers are far from those below them",
      })
  void aDoubtfulFirstLineIsAskedAbout(String lines, String reason) {
    String text = lines.replace('|', '\n');
    assertThatThrownBy(() -> read(text, Header.AUTO))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.csv: line 1 may name the columns or be the first example (%s); say which with"
                + " dataset.header = true or false",
            reason);
    int lineCount = lines.split("\\|").length;
    assertThat(read(text, Header.TRUE).sizes().get(0)).isEqualTo(lineCount - 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~x,y\n1,cat~; line 2, column 2 (y): \"cat\" is not a number; leave the column out with"
            + " dataset.leave-out = [y] if it is no part of the data",
        "~9,2\n3,0x1p3~; line 2, column 2: \"0x1p3\" is not a number; leave the column out with"
            + " dataset.leave-out = [2]",
        "~9,2\n3,4f~; line 2, column 2: \"4f\" is not a number",
        "~9,2\n3,--4~; line 2, column 2: \"--4\" is not a number",
        "~9,2\n\n3,~; line 3, column 2: there is no value",
        "~9,2\n3,NaN~; line 2, column 2: \"NaN\" is not finite, leave out or replace what is missing",
        "~9,2\n3,-inf~; line 2, column 2: \"-inf\" is not finite",
        "~9,2\n3,1e39~; line 2, column 2: 1e39 is beyond the range of 32-bit numbers (3.4e38)",
        "~9,2\n3,4\n5~; line 3 has 1 field, but the first has 2",
        "~9,2\n3,4,5~; line 2 has 3 fields, but the first has 2",
        "~~; holds no examples",
        "~x,y\n~; holds no examples",
        "~9,2\n\"3,4\n5~; cannot be read as CSV after line 1: ",
      })
  void saysWhatIsWrongAndWhere(String text, String message) {
    assertThatThrownBy(() -> read(text, Header.AUTO))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.csv: " + message);
  }

  @Test
  void aColumnThatDoesNotExistIsAnError() {
    assertThatThrownBy(() -> read("label,x,y\n1,2,3", Header.AUTO, "lable"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.csv: has no column \"lable\", which dataset.leave-out names; did you mean label?; it"
                + " has 3 columns: label, x, y");
    assertThatThrownBy(() -> read("1,2,3", Header.FALSE, "4"))
        .hasMessage(
            "a.csv: has no column \"4\", which dataset.leave-out names; it has 3 columns without"
                + " names, counted from 1");
    assertThatThrownBy(() -> read("1,2", Header.FALSE, "1", "2"))
        .hasMessage("a.csv: dataset.leave-out leaves no columns");
  }

  /** What an error advises is pasted behind what is left out already, and read as HOCON. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "label",
        "kg in a m^3",
        "date:time",
        "it's",
        "\"a, b\"",
        "true",
        "$x",
        "größe",
        "1e3"
      })
  void adviceCanBePasted(String name) {
    String text = name + ",x,y,y,\n" + "a,1,b,c,d\n".repeat(3);
    List<String> leaveOut = pasted(text, "x");
    assertThat(leaveOut).startsWith("x").hasSize(5).endsWith("3", "4", "5");
    assertThatThrownBy(() -> read(text, Header.TRUE, leaveOut.toArray(String[]::new)))
        .hasMessage("a.csv: dataset.leave-out leaves no columns");
    String[] all = pasted(text).toArray(String[]::new);
    assertThat(OwnFiles.inOrder(read(text, Header.TRUE, all))).containsExactly(1, 1, 1);
  }

  private static List<String> pasted(String text, String... before) {
    try {
      read(text, Header.TRUE, before);
      throw new AssertionError("is read");
    } catch (DataException fault) {
      String advice = fault.getMessage().replaceFirst(".* with (dataset.*]) if they are .*", "$1");
      return ConfigFactory.parseString(advice).getStringList("dataset.leave-out");
    }
  }

  @Test
  void aNamelessColumnAmongNumbersForNamesIsItself() {
    assertThatThrownBy(() -> read(",1,2\na,3,4\n", Header.TRUE))
        .hasMessageContaining(
            "line 2, column 1: \"a\" is not a number; leave the column out with"
                + " dataset.leave-out = [\"\"] if");
    assertThat(OwnFiles.inOrder(read(",1,2\na,3,4\n", Header.TRUE, ""))).containsExactly(3, 4);
  }

  @Test
  void numbersTooCloseForSinglePrecisionAreRefusedByName() {
    StringBuilder text = new StringBuilder("unix_time,x\n");
    for (int i = 0; i < 200; i++) {
      text.append(1_700_000_000 + i).append(',').append(i * i % 7).append('\n');
    }
    assertThatThrownBy(() -> read(text.toString(), Header.AUTO))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.csv: column 1 (unix_time) goes from 1700000000 to 1700000199, but 32-bit numbers,"
                + " with which models compute, move its values by up to 64; subtract 1700000000"
                + " from its values, or leave it out with dataset.leave-out = [unix_time]");
    assertThat(read(text.toString(), Header.AUTO, "unix_time").sizes()).containsExactly(200, 1);
  }

  @Test
  void decimalsMayStandBehindCommas() {
    CsvFormat format =
        new CsvFormat(
            CsvFormat.Separator.SEMICOLON, Header.AUTO, Optional.of("#"), CsvFormat.Decimal.COMMA);
    assertThat(OwnFiles.inOrder(read("a;b\n1,5;-2\n# x\n3;,25e1\n", format)))
        .containsExactly(1.5f, -2, 3, 2.5f);
    assertThatThrownBy(() -> read("a;b\n1.234,5;2\n", format))
        .hasMessageContaining("line 2, column 1 (a): \"1.234,5\" is not a number");
  }

  @Test
  void manyColumnsAndLinesAreRead() {
    String line = "1,".repeat(29_999) + "2\n";
    NumericArray array = read(line.repeat(20), Header.FALSE);
    assertThat(array.sizes()).containsExactly(20, 30_000);
  }

  private static NumericArray read(String text, Header header, String... leaveOut) {
    return read(text, CsvFormat.commas(header), leaveOut);
  }

  private static NumericArray read(String text, CsvFormat format, String... leaveOut) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return CsvTable.read(new ByteArrayInputStream(bytes), "a.csv", format, List.of(leaveOut), true);
  }
}
