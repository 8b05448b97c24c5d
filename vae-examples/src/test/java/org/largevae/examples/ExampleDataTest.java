package org.largevae.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of data/ are those that its README describes. */
class ExampleDataTest {
  private static final Path DATA = Path.of("data");
  private static final Pattern ROW =
      Pattern.compile("\\| `(tables/\\S+)` \\|.*\\| `(\\w{64})` \\|");

  @Test
  void everyTableHasTheChecksumOfTheReadme() throws IOException, NoSuchAlgorithmException {
    Map<String, String> described = new TreeMap<>();
    Matcher rows = ROW.matcher(Files.readString(DATA.resolve("README.md")));
    while (rows.find()) {
      described.put(rows.group(1), rows.group(2));
    }

    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(DATA.resolve("tables"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".csv")).toList()) {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        found.put("tables/" + file.getFileName(), HexFormat.of().formatHex(sum));
      }
    }
    assertThat(found).hasSize(5).isEqualTo(described);
  }
}
