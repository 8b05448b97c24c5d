package org.largevae.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.prior.PriorProvider;
import org.largevae.core.registry.ComponentKind;
import org.largevae.core.registry.InstalledComponent;
import org.largevae.core.registry.RefusedComponent;
import org.largevae.core.registry.ServiceRegistry;

/** Plugins are compiled here, since no class of theirs may be on the test's own class path. */
class PluginsTest {
  private static final String SERVICE = "META-INF/services/" + PriorProvider.class.getName();

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("plugins"));
  }

  @Test
  void jarIsFoundWithItsNameVersionAndPlace() throws IOException {
    Path jar = plugin("laplace.jar", "laplace", library("1"), Map.of());
    ServiceRegistry registry = registry();
    assertThat(registry.find(ComponentKind.PRIOR, "laplace").description()).isEqualTo("library 1");
    assertThat(registry.find(ComponentKind.PRIOR, "vampprior")).isNotNull();
    InstalledComponent installed =
        registry.installed().stream()
            .filter(each -> each.name().equals("laplace"))
            .findFirst()
            .orElseThrow();
    assertThat(installed.kind()).isEqualTo("prior");
    assertThat(installed.version()).contains("3.1");
    assertThat(installed.source()).isEqualTo(jar.toRealPath().toString());
    assertThat(registry.refused()).isEmpty();
  }

  @Test
  void twoPluginsMayCarryDifferentVersionsOfALibrary() throws IOException {
    plugin("one.jar", "one", library("1"), Map.of());
    plugin("two.jar", "two", library("2"), Map.of());
    ServiceRegistry registry = registry();
    assertThat(registry.find(ComponentKind.PRIOR, "one").description()).isEqualTo("library 1");
    assertThat(registry.find(ComponentKind.PRIOR, "two").description()).isEqualTo("library 2");
  }

  @Test
  void folderOfJarsIsOnePluginWithItsLibraries() throws IOException {
    Path apart = Files.createDirectory(folder.resolve("apart"));
    Map<String, byte[]> classes = compile("apart", library("7"));
    Map<String, byte[]> libraryClasses = new TreeMap<>(classes);
    libraryClasses.keySet().removeIf(name -> !name.startsWith("example/lib/"));
    classes.keySet().removeAll(libraryClasses.keySet());
    jar(apart.resolve("plugin.jar"), "example.Provider", classes, Map.of());
    jar(apart.resolve("library.jar"), null, libraryClasses, Map.of());
    assertThat(registry().find(ComponentKind.PRIOR, "apart").description()).isEqualTo("library 7");
  }

  @Test
  void pluginCannotTakeAComponentOfTheProgramAway() throws IOException {
    plugin("usurper.jar", "vampprior", library("1"), Map.of());
    ServiceRegistry registry = registry();
    assertThat(registry.find(ComponentKind.PRIOR, "vampprior").description())
        .isNotEqualTo("library 1");
    assertThat(registry.refused())
        .singleElement()
        .extracting(RefusedComponent::reason)
        .asString()
        .contains("usurper.jar", "vampprior", "rename the plugin's");
  }

  @Test
  void twoPluginsOfOneNameAreBothRefusedAndBothNamed() throws IOException {
    plugin("a.jar", "same", library("1"), Map.of());
    plugin("b.jar", "same", library("2"), Map.of());
    assertThatThrownBy(() -> registry().find(ComponentKind.PRIOR, "same"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("a.jar")
        .hasMessageContaining("b.jar");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing class | example.Nowhere | not found",
        "no provider | example.lib.Library | not a subtype",
      })
  void providerThatCannotBeLoadedIsRefusedAndTheOthersWork(
      String what, String provider, String reason) throws IOException {
    plugin("good.jar", "good", library("1"), Map.of());
    Map<String, byte[]> classes = compile("bad", library("1"));
    classes.keySet().removeIf(name -> !name.startsWith("example/lib/"));
    jar(folder.resolve("bad.jar"), provider, classes, Map.of());
    ServiceRegistry registry = registry();
    assertThat(registry.find(ComponentKind.PRIOR, "good")).isNotNull();
    assertThat(registry.refused())
        .as(what)
        .singleElement()
        .extracting(RefusedComponent::reason)
        .asString()
        .contains("bad.jar", reason);
  }

  @Test
  void missingDependencyIsNamed() throws IOException {
    Map<String, byte[]> classes = compile("lonely", library("1"));
    classes.keySet().removeIf(name -> name.startsWith("example/lib/"));
    jar(folder.resolve("lonely.jar"), "example.Provider", classes, Map.of());
    assertThat(registry().refused())
        .singleElement()
        .extracting(RefusedComponent::reason)
        .asString()
        .contains("lonely.jar", "example.lib.Library");
  }

  @Test
  void jarCompiledForANewerJavaIsNamed() throws IOException {
    plugin("good.jar", "good", library("1"), Map.of());
    Map<String, byte[]> classes = compile("newer", library("1"));
    // bytes 6 and 7 of a class are its format's major version
    classes.get("example/Provider.class")[7] = 99;
    jar(folder.resolve("newer.jar"), "example.Provider", classes, Map.of());
    ServiceRegistry registry = registry();
    assertThat(registry.find(ComponentKind.PRIOR, "good")).isNotNull();
    assertThat(registry.refused())
        .singleElement()
        .extracting(RefusedComponent::reason)
        .asString()
        .startsWith(folder.toRealPath().resolve("newer.jar") + ": its prior provider cannot be")
        .contains("more recent version of the Java Runtime (class file version 99.0)")
        .endsWith(
            "run on a newer Java than "
                + Runtime.version().feature()
                + ", or get a version of the plugin for this one");
  }

  @Test
  void jarWithoutAProvidersSuperclassIsNamed() throws IOException {
    plugin("good.jar", "good", library("1"), Map.of());
    Map<String, byte[]> classes =
        compile(
            source(
                "example/Base",
                "package example; import org.largevae.api.component.NoSettings; public class Base"
                    + " extends org.largevae.api.prior.PriorProvider<NoSettings> { public Base() {"
                    + " super(\"b\", \"b\", NoSettings.class, (settings, shape) -> null); } }"),
            source(
                "example/Provider",
                "package example; public class Provider extends Base { public Provider() {} }"));
    classes.remove("example/Base.class");
    jar(folder.resolve("orphan.jar"), "example.Provider", classes, Map.of());
    ServiceRegistry registry = registry();
    assertThat(registry.find(ComponentKind.PRIOR, "good")).isNotNull();
    assertThat(registry.refused())
        .singleElement()
        .extracting(RefusedComponent::reason)
        .asString()
        .startsWith(
            folder.toRealPath().resolve("orphan.jar")
                + ": its prior provider cannot be loaded: the class example/Base is missing")
        .contains("put the jar that holds the class beside this one");
  }

  @Test
  void fileThatIsNoZipAndJarWithoutComponentsAreRefused() throws IOException {
    Files.writeString(folder.resolve("garbage.jar"), "this is no zip");
    jar(folder.resolve("library.jar"), null, compile("x", library("1")), Map.of());
    Files.createDirectory(folder.resolve("empty"));
    Files.writeString(folder.resolve("readme.txt"), "not looked at");
    assertThat(registry().refused().stream().map(RefusedComponent::reason).sorted())
        .satisfiesExactly(
            empty -> assertThat(empty).contains("empty: holds no jar"),
            garbage -> assertThat(garbage).contains("garbage.jar: is not a whole jar"),
            library -> assertThat(library).contains("library.jar: offers no component"));
  }

  /** Nothing is unpacked: what a jar's entries are called says nothing about the disk. */
  @Test
  void entriesWithPathsOutOfTheJarWriteNothing() throws IOException {
    Map<String, byte[]> classes = new TreeMap<>(compile("escape", library("1")));
    for (String name : List.of("../escaped", "../../escaped", "/tmp/vae-escaped", "a/../../b")) {
      classes.put(name, new byte[] {1});
    }
    jar(folder.resolve("escape.jar"), "example.Provider", classes, Map.of());
    List<Path> before = files();
    assertThat(registry().find(ComponentKind.PRIOR, "escape").description()).isEqualTo("library 1");
    assertThat(files()).isEqualTo(before);
    assertThat(Path.of("/tmp/vae-escaped")).doesNotExist();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(temporary)) {
      return all.sorted().toList();
    }
  }

  @Test
  void missingFolderIsAnError() {
    Path missing = temporary.resolve("nowhere");
    List<Path> folders = List.of(missing);
    assertThatThrownBy(() -> Plugins.in(folders, getClass().getClassLoader()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(missing + ": is no folder");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1.0, 0.1.0, true",
    "0.1.0, 0.1.7-SNAPSHOT, true",
    "0.1.0, 0.2.0, false",
    "0.2.0, 0.1.0, false",
    "0.9.0, 1.0.0, false",
    "1.2.0, 1.2.0, true",
    "1.2.0, 1.9.0, true",
    "1.9.0, 1.2.0, false",
    "2.0.0, 1.9.0, false",
    "rubbish, 1.0.0, false"
  })
  void apiVersionsFitAsSemanticVersioningSays(String built, String present, boolean fits) {
    assertThat(ApiCompatibility.fault(built, present).isEmpty()).isEqualTo(fits);
    ApiCompatibility.fault(built, present).ifPresent(reason -> assertThat(reason).contains(built));
  }

  private ServiceRegistry registry() {
    Plugins plugins = Plugins.in(List.of(folder), getClass().getClassLoader());
    return new ServiceRegistry(getClass().getClassLoader(), plugins.loaders(), plugins.refused());
  }

  private Path plugin(String file, String name, String library, Map<String, String> attributes)
      throws IOException {
    return jar(folder.resolve(file), "example.Provider", compile(name, library), attributes);
  }

  private static Path jar(
      Path jar, String provider, Map<String, byte[]> classes, Map<String, String> attributes)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "3.1");
    attributes.forEach((key, value) -> manifest.getMainAttributes().putValue(key, value));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      if (provider != null) {
        out.putNextEntry(new JarEntry(SERVICE));
        out.write(provider.getBytes(StandardCharsets.UTF_8));
      }
      for (Map.Entry<String, byte[]> type : classes.entrySet()) {
        out.putNextEntry(new JarEntry(type.getKey()));
        out.write(type.getValue());
      }
    }
    return jar;
  }

  private static String library(String version) {
    return String.format(
        Locale.ROOT,
        "package example.lib; public class Library { public static String version() {"
            + " return \"%s\"; } }",
        version);
  }

  /** A prior provider that describes itself by the version of its library. */
  private Map<String, byte[]> compile(String name, String library) throws IOException {
    String provider =
        String.format(
            Locale.ROOT,
            """
            package example;
            import org.largevae.api.component.NoSettings;
            public class Provider extends org.largevae.api.prior.PriorProvider<NoSettings> {
              public Provider() {
                super(
                    "%s",
                    "library " + example.lib.Library.version(),
                    NoSettings.class,
                    (settings, shape) -> null);
              }
            }
            """,
            name);
    return compile(source("example/Provider", provider), source("example/lib/Library", library));
  }

  private Map<String, byte[]> compile(JavaFileObject... sources) throws IOException {
    Path classes = Files.createTempDirectory(temporary, "classes");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> faults = new DiagnosticCollector<>();
    boolean compiled =
        compiler
            .getTask(
                null,
                null,
                faults,
                List.of("-d", classes.toString(), "-proc:none"),
                null,
                List.of(sources))
            .call();
    assertThat(compiled).as(faults.getDiagnostics().toString()).isTrue();
    Map<String, byte[]> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return found;
  }

  private static JavaFileObject source(String name, String code) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
      }
    };
  }
}
