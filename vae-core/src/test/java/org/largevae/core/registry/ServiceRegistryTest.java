package org.largevae.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.component.Provider;
import org.largevae.api.config.ConfigurationException;
import org.largevae.core.registry.plugins.FirstLaplacePrior;
import org.largevae.core.registry.plugins.NamelessPrior;
import org.largevae.core.registry.plugins.SecondLaplacePrior;
import org.largevae.core.registry.plugins.ShoutingPrior;
import org.largevae.core.registry.plugins.ThrowingPrior;
import org.largevae.core.testing.FakeComponents;

class ServiceRegistryTest {
  @TempDir private Path folder;

  private final List<URLClassLoader> loaders = new ArrayList<>();

  @AfterEach
  void closeLoaders() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
  }

  private ServiceRegistry discover(Path... classPath) {
    List<URL> urls = new ArrayList<>();
    for (Path path : classPath) {
      try {
        urls.add(path.toUri().toURL());
      } catch (MalformedURLException failure) {
        throw new AssertionError(failure);
      }
    }
    URLClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), new PluginJar.WithoutPlugins());
    loaders.add(loader);
    return new ServiceRegistry(loader);
  }

  @Test
  void aPluginJarIsFoundWithItsVersionAndPath() throws IOException {
    Path jar = PluginJar.write(folder.resolve("laplace.jar"), FirstLaplacePrior.class);

    ServiceRegistry registry = discover(jar);

    assertThat(registry.installed())
        .containsExactly(
            new InstalledComponent(
                "prior",
                "laplace",
                "the first Laplace prior",
                Optional.of("1.2.3"),
                jar.toString()));
    assertThat(registry.refused()).isEmpty();
    assertThat(registry.find(ComponentKind.PRIOR, "laplace").description())
        .isEqualTo("the first Laplace prior");
    assertThat(registry.all(ComponentKind.PRIOR)).hasSize(1);
    assertThat(registry.all(ComponentKind.LIKELIHOOD)).isEmpty();
  }

  @Test
  void aJarTakenOffTheClassPathTakesItsPriorsAlong() {
    assertThat(discover().installed()).isEmpty();
    assertThatThrownBy(() -> discover().find(ComponentKind.PRIOR, "laplace"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "model.prior.type = \"laplace\": no such prior. Installed: none. A prior from another"
                + " jar must be on the class path or in a plugin folder; see `vae plugins`.");
  }

  @Test
  void twoProvidersOfOneNameAreBothRefusedNamingBothJars() throws IOException {
    Path first = PluginJar.write(folder.resolve("a.jar"), FirstLaplacePrior.class);
    Path second = PluginJar.write(folder.resolve("b.jar"), SecondLaplacePrior.class);

    ServiceRegistry registry = discover(first, second);

    assertThat(registry.installed()).isEmpty();
    assertThatThrownBy(() -> registry.find(ComponentKind.PRIOR, "laplace"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            String.format(
                Locale.ROOT,
                "model.prior.type = \"laplace\": the prior \"laplace\" is provided by %s in %s and"
                    + " %s in %s; take all but one of these jars off the class path",
                FirstLaplacePrior.class.getName(),
                first,
                SecondLaplacePrior.class.getName(),
                second));
  }

  @Test
  void aProviderThatThrowsIsRefusedAndTheOthersStay() throws IOException {
    Path broken = PluginJar.write(folder.resolve("broken.jar"), ThrowingPrior.class);
    Path sound = PluginJar.write(folder.resolve("sound.jar"), FirstLaplacePrior.class);

    ServiceRegistry registry = discover(broken, sound);

    assertThat(registry.installed())
        .extracting(InstalledComponent::name)
        .containsExactly("laplace");
    assertThat(registry.refused())
        .singleElement()
        .extracting(RefusedComponent::reason)
        .asString()
        .startsWith(broken + ": its prior provider cannot be loaded: ")
        .contains(ThrowingPrior.class.getName(), "no licence found")
        .endsWith("; repair this jar or take it off the class path");
  }

  @Test
  void aServicesFileThatNamesNoClassIsRefusedNamingItsJar() throws IOException {
    Path broken =
        PluginJar.write(folder.resolve("broken.jar"), "1", "# comment\norg.example.Missing\n");
    Path sound = PluginJar.write(folder.resolve("sound.jar"), FirstLaplacePrior.class);

    ServiceRegistry registry = discover(broken, sound);

    assertThat(registry.installed())
        .extracting(InstalledComponent::name)
        .containsExactly("laplace");
    assertThat(registry.refused())
        .singleElement()
        .extracting(RefusedComponent::reason)
        .asString()
        .startsWith(broken + ": its prior provider cannot be loaded: ")
        .contains("org.example.Missing not found");
  }

  @Test
  void aServicesFileThatCannotBeParsedIsRefusedNamingItsJar() throws IOException {
    Path broken = PluginJar.write(folder.resolve("broken.jar"), "1", "two words\n");
    Path sound = PluginJar.write(folder.resolve("sound.jar"), FirstLaplacePrior.class);

    ServiceRegistry registry = discover(broken, sound);

    assertThat(registry.installed())
        .extracting(InstalledComponent::name)
        .containsExactly("laplace");
    assertThat(registry.refused())
        .singleElement()
        .extracting(RefusedComponent::reason)
        .asString()
        .startsWith(broken + ": ");
  }

  @Test
  void aNameThatIsNotMadeOfLowerCaseWordsIsRefused() throws IOException {
    Path jar = PluginJar.write(folder.resolve("shouting.jar"), ShoutingPrior.class);

    assertThat(discover(jar).refused())
        .singleElement()
        .extracting(RefusedComponent::reason)
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "%s: the prior provider %s has the name \"LAPLACE_Prior\"; a name is lower-case"
                    + " words joined by hyphens",
                jar,
                ShoutingPrior.class.getName()));
  }

  @Test
  void aProviderWithoutANameIsRefused() throws IOException {
    Path jar = PluginJar.write(folder.resolve("nameless.jar"), NamelessPrior.class);

    assertThat(discover(jar).refused())
        .singleElement()
        .extracting(RefusedComponent::reason)
        .asString()
        .contains(jar.toString(), "name is null");
  }

  @Test
  void aFolderOfClassesIsAPluginToo() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes/META-INF/services"));
    Files.writeString(
        classes.resolve("org.largevae.api.prior.PriorProvider"),
        FakePlugin.class.getName() + " # in the parent class loader\n");

    ServiceRegistry registry = discover(folder.resolve("classes"));

    assertThat(registry.installed()).extracting(InstalledComponent::name).containsExactly("fake");
    assertThat(registry.installed().get(0).version()).isEmpty();
  }

  @Test
  void providersGivenByHandNeedNoDiscovery() {
    List<Provider<?>> providers = FakeComponents.all();

    ServiceRegistry registry = ServiceRegistry.of(providers);

    assertThat(registry.installed())
        .extracting(i -> i.kind() + " " + i.name())
        .containsExactly(
            "prior standard",
            "prior vampprior",
            "posterior gaussian",
            "likelihood bernoulli",
            "likelihood discretized-logistic",
            "encoder gated-mlp",
            "decoder gated-mlp",
            "model vae",
            "objective elbo",
            "objective iwae",
            "dataset digits",
            "dataset freyfaces",
            "dataset images");
    assertThat(registry.find(ComponentKind.ENCODER, "gated-mlp")).isIn(providers);
  }
}
