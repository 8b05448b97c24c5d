package org.largevae.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts and pictures in reports that want to be more than that. */
class HostileTextTest {
  private static final String ATTACK =
      "\"><script>alert('x')</script><img src=x onerror=alert(1)> &amp; ${1+1} <#include \"x\">";

  @TempDir Path folder;

  @Test
  void everyTextOfAComparisonIsEscaped() throws IOException {
    ComparisonData.ComparedRun run =
        new ComparisonData.ComparedRun(
            ATTACK,
            ATTACK,
            List.of(),
            0,
            Optional.of(ReportSamples.good(3).results().test()),
            ATTACK,
            Optional.empty());
    ComparisonData.ComparedRun failed =
        new ComparisonData.ComparedRun(
            ATTACK, ATTACK, List.of(), 0, Optional.empty(), "", Optional.of(folder));
    picture();
    Table table = new Table(ATTACK, ATTACK, List.of(ATTACK), List.of(List.of(ATTACK)), 1);
    Path file = folder.resolve("report.html");
    ComparisonReport.write(
        new ComparisonData(
            ATTACK,
            List.of(ATTACK),
            List.of(table),
            List.of(new ComparisonData.RunGroup(ATTACK, List.of(run, failed))),
            ATTACK),
        file);

    String html = Files.readString(file);
    assertThat(html)
        .doesNotContain("<script", "<img src=x", "&amp;amp; 2")
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "&amp;amp; ${1+1}");
    assertThat(html.split("&lt;script&gt;", -1)).hasSizeGreaterThan(15);
  }

  private Path picture() throws IOException {
    Path file = folder.resolve("generated.png");
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }

  @Test
  void aDamagedOrHugePictureIsLeftOut() throws IOException {
    Path good = picture();
    assertThat(PictureFile.read(good)).isPresent();
    byte[] png = Files.readAllBytes(good);
    for (byte[] bad :
        List.of(new byte[0], "text".getBytes("US-ASCII"), bomb(png), cut(png), broken(png))) {
      Files.write(good, bad);
      assertThat(PictureFile.read(good)).isEmpty();
    }
    Files.delete(good);
    assertThat(PictureFile.read(good)).isEmpty();
    assertThat(PictureFile.read(new File(folder.toFile(), "").toPath())).isEmpty();
  }

  private static byte[] bomb(byte[] png) {
    byte[] bomb = png.clone();
    ByteBuffer buffer = ByteBuffer.wrap(bomb).putInt(16, 100_000).putInt(20, 100_000);
    CRC32 checksum = new CRC32();
    checksum.update(bomb, 12, 17);
    buffer.putInt(29, (int) checksum.getValue());
    return bomb;
  }

  private static byte[] cut(byte[] png) {
    return java.util.Arrays.copyOf(png, 45);
  }

  private static byte[] broken(byte[] png) {
    byte[] broken = png.clone();
    broken[45] ^= 0x55;
    return broken;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "plain;plain",
        "(< spread);(< spread)",
        "a < b & c;a < b & c",
        "a|b;a\\|b",
        "<script>x</script>;\\<script>x\\</script>",
        "<!-- ;\\<!--",
        "[x](javascript:alert(1));[x]\\(javascript:alert(1))",
        "&lt$script&gt$ &#60$;\\&lt$script\\&gt$ \\&#60$",
      })
  void markdownStaysText(String text, String markdown) {
    assertThat(Table.text(text.replace('$', ';'))).isEqualTo(markdown.replace('$', ';'));
  }

  @Test
  void aCellStaysACell() {
    String attack = "a\n| x | y |\r\n\n# heading <b>";
    String markdown =
        new Table("t\n# u", "n\n# o", List.of("h|i", "v"), List.of(List.of(attack, "1")), 1)
            .markdown();
    assertThat(markdown.lines().filter(line -> !line.isBlank()))
        .hasSize(5)
        .noneMatch(line -> line.matches("# .*"))
        .noneMatch(line -> line.contains("<b>") && !line.contains("\\<b>"));
    assertThat(markdown).contains("h\\|i", "a \\| x \\| y \\| # heading \\<b>");
  }
}
