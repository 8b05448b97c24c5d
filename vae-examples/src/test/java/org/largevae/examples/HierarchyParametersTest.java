package org.largevae.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import ai.djl.util.Pair;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.largevae.api.component.Component;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.DataShape;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.model.Model;
import org.largevae.core.model.ModelAssembly;
import org.largevae.core.registry.ServiceRegistry;
import org.largevae.runner.configuration.Experiment;
import org.largevae.runner.configuration.ExperimentLoader;
import org.largevae.runner.configuration.Presets;

/**
 * The two-level models of the presets have as many parameters as the HVAE published with Tomczak
 * and Welling (2018), counted layer by layer: a gated layer from a to b values has 2 (a b + b), a
 * linear one a b + b.
 */
class HierarchyParametersTest {
  private static final ClassLoader CLASSES = HierarchyParametersTest.class.getClassLoader();
  private static final DataDescription MNIST =
      DataDescription.of(new DataShape(1, 28, 28), ValueKinds.BINARY);
  private static final DataDescription FREY_FACES =
      DataDescription.of(new DataShape(1, 28, 20), ValueKinds.GREY_LEVEL);

  @Test
  void mnist() {
    Map<String, Long> expected =
        Map.of(
            "encoder-2", 675_680L,
            "encoder-1", 880_280L,
            "conditional-prior-1", 229_280L,
            "decoder", 645_784L);
    assertCounts("mnist-hvae-standard", MNIST, expected, 2_431_024);
    assertCounts("mnist-hvae-vampprior", MNIST, with(expected, 392_000), 2_431_024 + 392_000);
  }

  @Test
  void freyFaces() {
    Map<String, Long> expected =
        Map.of(
            "encoder-2", 541_280L,
            "encoder-1", 745_880L,
            "conditional-prior-1", 229_280L,
            "decoder", 746_920L);
    assertCounts("freyfaces-hvae-standard", FREY_FACES, expected, 2_263_360);
    assertCounts(
        "freyfaces-hvae-vampprior", FREY_FACES, with(expected, 280_000), 2_263_360 + 280_000);
  }

  private static Map<String, Long> with(Map<String, Long> counts, long pseudoInputs) {
    Map<String, Long> all = new TreeMap<>(counts);
    all.put("prior", pseudoInputs);
    return all;
  }

  private static void assertCounts(
      String preset, DataDescription data, Map<String, Long> parts, long total) {
    ServiceRegistry registry = new ServiceRegistry(CLASSES);
    Experiment experiment =
        new ExperimentLoader(registry, new Presets(CLASSES)).load(preset, List.of());
    Model model = ModelAssembly.assemble(registry, experiment.section("model"), data);
    Map<String, Long> found = new TreeMap<>();
    model
        .components()
        .forEach(
            (name, component) -> {
              if (component.block().isPresent()) {
                found.put(name, parameters(component));
              }
            });
    assertThat(found).as(preset).containsExactlyInAnyOrderEntriesOf(parts);
    assertThat(found.values().stream().mapToLong(count -> count).sum()).isEqualTo(total);
  }

  private static long parameters(Component component) {
    return component.block().orElseThrow().getParameters().stream()
        .map(Pair::getValue)
        .map(parameter -> parameter.getShape())
        .mapToLong(Shape::size)
        .sum();
  }
}
