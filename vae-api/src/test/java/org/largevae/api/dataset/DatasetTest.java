package org.largevae.api.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;

class DatasetTest {
  private static final DataShape SHAPE = new DataShape(1, 2, 3);

  @Test
  void holdsAsManyValuesAsExamplesTimesDimensions() {
    Dataset pixels = new Dataset("a", SHAPE, 2, new Values.Pixels(new byte[12]), Map.of());
    Dataset reals = new Dataset("a", SHAPE, 1, new Values.Reals(new float[6]), Map.of());

    assertThat(pixels.values().length()).isEqualTo(12);
    assertThat(reals.values().length()).isEqualTo(6);
  }

  @Test
  void valuesThatDoNotFillTheExamplesAreRefused() {
    assertThatThrownBy(
            () -> new Dataset("faces", SHAPE, 2, new Values.Pixels(new byte[13]), Map.of()))
        .isInstanceOf(DataException.class)
        .hasMessage("dataset faces: 13 values are not 2 examples of 2 x 3");
  }

  @Test
  void aDatasetWithoutExamplesIsRefused() {
    assertThatThrownBy(
            () -> new Dataset("faces", SHAPE, 0, new Values.Reals(new float[0]), Map.of()))
        .isInstanceOf(DataException.class)
        .hasMessage("dataset faces: holds no examples");
  }

  @Test
  void anExampleWithoutALabelIsRefused() {
    Labels two = new Labels(List.of("cat", "dog"), new int[] {0, 1});
    Values.Pixels three = new Values.Pixels(new byte[18]);

    assertThatThrownBy(() -> new Dataset("pets", SHAPE, 3, three, Map.of(), Optional.of(two)))
        .isInstanceOf(DataException.class)
        .hasMessage("dataset pets: has 2 labels for 3 examples");
  }

  @Test
  void aLabelWithoutAClassIsRefused() {
    assertThatThrownBy(() -> new Labels(List.of("cat", "dog"), new int[] {0, 1, 2}))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "labels: that of example 2, counted from 0, is 2, but there are 2 classes, counted from"
                + " 0");
    assertThatThrownBy(() -> new Labels(List.of("cat"), new int[] {-1}))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> new Labels(List.of("cat", "cat"), new int[] {0, 1}))
        .isInstanceOf(DataException.class)
        .hasMessage("labels: two classes have the same name: [cat, cat]");
  }

  @Test
  void classesAreOrderedByNameAndNumbersByValue() {
    Labels pets = Labels.of(List.of("dog", "cat", "dog", "Ant"));
    Labels numbers = Labels.of(List.of("10", "9", "-1", "9"));

    assertThat(pets.names()).containsExactly("Ant", "cat", "dog");
    assertThat(pets.indices()).containsExactly(2, 1, 2, 0);
    assertThat(numbers.names()).containsExactly("-1", "9", "10");
    assertThat(numbers.indices()).containsExactly(2, 1, 0, 1);
  }

  @Test
  void collectionsAreCopied() {
    Map<String, String> fingerprints = new HashMap<>(Map.of("file", "abc"));
    List<URI> addresses = new ArrayList<>(List.of(URI.create("https://example.org/file")));
    Dataset dataset = new Dataset("a", SHAPE, 1, new Values.Pixels(new byte[6]), fingerprints);
    DataFile file = new DataFile("folder", "file", "abc", addresses);

    fingerprints.clear();
    addresses.clear();

    assertThat(dataset.fingerprints()).containsEntry("file", "abc");
    assertThat(file.addresses()).hasSize(1);
  }
}
