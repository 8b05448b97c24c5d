package org.largevae.priors;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.largevae.api.prior.PriorProvider;
import org.largevae.testing.guide.GuideCode;
import org.largevae.testkit.PriorContract;

/** The prior that README.md prints, compiled from there, keeps the contract of every prior. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmePriorTest extends PriorContract {
  private PriorProvider<?> provider;
  private URLClassLoader loader;

  @BeforeAll
  void compile(@TempDir Path classes) throws IOException, ReflectiveOperationException {
    GuideCode prior = GuideCode.of(Path.of("../README.md"), "## Extend").get(0);
    prior.compile(classes);
    String name = prior.type() + "$Provider";
    loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
    provider = (PriorProvider<?>) loader.loadClass(name).getConstructor().newInstance();
  }

  @AfterAll
  void close() throws IOException {
    loader.close();
  }

  @Override
  protected PriorProvider<?> provider() {
    return provider;
  }

  /** Compiled here, it is named in no services file of the class path. */
  @Override
  protected boolean isRegistered() {
    return false;
  }

  @Override
  protected String configuration() {
    return "scale = 1.5";
  }

  @Override
  protected List<String> badConfigurations() {
    return List.of("scale = 0", "scale = wide");
  }
}
