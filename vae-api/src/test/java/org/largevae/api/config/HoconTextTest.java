package org.largevae.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoconTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "label",
        "kg in a m^3",
        "date:time",
        "a,b",
        "it's",
        "say \"x\"",
        "back\\slash",
        "",
        " ",
        "true",
        "null",
        "include",
        "3",
        "007",
        "1e3",
        "-1",
        "1.50",
        "a.b",
        "${x}",
        "#x",
        "//x",
        "größe",
        "tab\there",
        "line\nend",
        "\u200b",
        "\u001b[31m",
        "[",
        "{",
        "+=",
        "\ud83d\ude00"
      })
  void whatIsPrintedIsReadAsTheSameText(String text) {
    String shown = HoconText.of(text);
    assertThat(ConfigFactory.parseString("x = [" + shown + ", z]").getStringList("x"))
        .containsExactly(text, "z");
    assertThat(ConfigFactory.parseString("x = " + shown).getString("x")).isEqualTo(text);
    assertThat(shown).doesNotContainPattern("['\\p{Cc}\\p{Cf}]");
  }

  @Test
  void plainTextsStayPlain() {
    assertThat(HoconText.of(List.of("label", "x_1", "12", "a b")))
        .isEqualTo("label, x_1, 12, \"a b\"");
  }
}
