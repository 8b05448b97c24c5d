package org.largevae.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

  @Test
  void manyColumnsAndLinesAreRead() {
    String line = "1,".repeat(29_999) + "2\n";
    NumericArray array = read(line.repeat(20), Header.FALSE);
    assertThat(array.sizes()).containsExactly(20, 30_000);
  }

  private static NumericArray read(String text, Header header, String... leaveOut) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return CsvTable.read(
        new ByteArrayInputStream(bytes), "a.csv", CsvFormat.commas(header), List.of(leaveOut));
  }
}
