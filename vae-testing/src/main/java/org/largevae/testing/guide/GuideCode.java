package org.largevae.testing.guide;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A block of Java in a page of Markdown. Statements are put into a method as they stand, their
 * imports above it; a whole class is taken as it is.
 *
 * @param text the block
 */
public record GuideCode(String text) {
  private static final Pattern IMPORTS =
      Pattern.compile("\\A(?:import [^;]+;\\s*)+", Pattern.MULTILINE);
  private static final Pattern TYPE =
      Pattern.compile("^public (?:final )?(?:class|record|interface) (\\w+)", Pattern.MULTILINE);
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
  private static final long PATIENCE_SECONDS = 300;

  /**
   * The blocks of a page.
   *
   * @param page Markdown
   * @param heading of the section whose blocks are wanted, such as {@code ## Embed}; empty for the
   *     whole page
   * @return the blocks in order
   * @throws IOException if the page cannot be read
   */
  public static List<GuideCode> of(Path page, String heading) throws IOException {
    String text = Files.readString(page);
    int from = heading.isEmpty() ? 0 : text.indexOf(heading + "\n");
    if (from < 0) {
      throw new AssertionError(page + " has no section \"" + heading + "\"");
    }
    int next = heading.isEmpty() ? -1 : text.indexOf("\n## ", from + heading.length());
    return Pattern.compile("^```java\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(text.substring(from, next < 0 ? text.length() : next))
        .results()
        .map((MatchResult found) -> new GuideCode(found.group(1)))
        .toList();
  }

  /**
   * The block as a program.
   *
   * @param surroundings a class, in which {@code // IMPORTS} and {@code // STATEMENTS} stand where
   *     the two parts of the block go
   * @return the class with the block in it
   */
  public GuideCode within(String surroundings) {
    Matcher imports = IMPORTS.matcher(text);
    String above = imports.find() ? imports.group() : "";
    return new GuideCode(
        surroundings
            .replace("// IMPORTS", above)
            .replace("// STATEMENTS", text.substring(above.length())));
  }

  /**
   * Whether the block is a whole class.
   *
   * @return false for statements
   */
  public boolean isClass() {
    return TYPE.matcher(text).find();
  }

  /**
   * The public type that the block declares.
   *
   * @return its name with its package
   */
  public String type() {
    Matcher type = TYPE.matcher(text);
    if (!type.find()) {
      throw new AssertionError("this block declares no public type:\n" + text);
    }
    Matcher packages = PACKAGE.matcher(text);
    return (packages.find() ? packages.group(1) + "." : "") + type.group(1);
  }

  /**
   * Compiles the block against this process's class path.
   *
   * @param folder where classes go
   */
  public void compile(Path folder) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
    boolean compiled =
        compiler.getTask(messages, null, null, options, null, List.of(new Source(this))).call();
    if (!compiled) {
      throw new AssertionError(messages + "\nin this block of a guide:\n" + text);
    }
  }

  /**
   * Compiles the block and runs its main method in a process of its own.
   *
   * @param folder in which it works
   * @return what it printed, errors too
   * @throws IOException if it cannot be started
   * @throws InterruptedException if this thread is interrupted
   */
  public String run(Path folder) throws IOException, InterruptedException {
    Path classes = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "classes");
    compile(classes);
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
    command.addAll(List.of("-Djava.awt.headless=true", "-cp"));
    command.add(classes + File.pathSeparator + System.getProperty("java.class.path"));
    command.add(type());
    Path output = classes.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    String printed = Files.readString(output);
    if (!ended || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(
          printed.lines().limit(40).collect(Collectors.joining("\n"))
              + "\nis what this block of a guide printed before it failed:\n"
              + text);
    }
    return printed;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(GuideCode code) {
      super(
          URI.create("string:///" + code.type().replace('.', '/') + Kind.SOURCE.extension),
          JavaFileObject.Kind.SOURCE);
      this.text = code.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
