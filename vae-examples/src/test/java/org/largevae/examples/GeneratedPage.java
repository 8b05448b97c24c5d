package org.largevae.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of docs that is generated: compared with what is committed, or written anew. */
record GeneratedPage(String name, Class<?> test) {
  private static final String WRITE = "vae.docs.write";

  void requireFresh(String content) throws IOException {
    Path page = Path.of("../docs").resolve(name);
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(page, content);
    }
    assertThat(page)
        .as(
            "docs/%s is stale; write it anew with mvn -pl vae-examples -am test -Dtest=%s -D%s=true"
                + " -Dsurefire.failIfNoSpecifiedTests=false, look at the difference and commit it",
            name, test.getSimpleName(), WRITE)
        .hasContent(content);
  }
}
