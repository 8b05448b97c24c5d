package org.largevae.examples.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledLatentsTest {
  @Test
  void aRowIsNotItsOwnNeighbour(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("latents.csv"), "place,label,z1,z2\n0,a,0,0\n1,b,0,1\n2,b,0,1.5\n");

    LabelledLatents latents = LabelledLatents.read(file);

    assertThat(latents.latents()[2]).containsExactly(0, 1.5);
    // a's nearest is b; the two b are each other's
    assertThat(latents.neighbourAccuracy(1)).isEqualTo(2 / 3.0);
  }

  @Test
  void ofEquallyFrequentLabelsTheNearestCounts() {
    LabelledLatents latents =
        new LabelledLatents(List.of("a", "a", "b"), new double[][] {{0}, {1}, {-2}});

    // row 0: a before b; row 1: a before b; row 2: a twice
    assertThat(latents.neighbourAccuracy(2)).isEqualTo(2 / 3.0);
  }
}
