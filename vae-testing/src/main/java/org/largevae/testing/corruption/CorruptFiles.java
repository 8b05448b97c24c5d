package org.largevae.testing.corruption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.largevae.api.config.ConfigurationException;
import org.largevae.api.data.DataException;

/**
 * Feeds a reader thousands of damaged versions of good files: bits flipped, bytes replaced, cut
 * off, extended, sections doubled, deleted and swapped, sizes made huge or negative, numbers
 * replaced, words repeated into deep nests, noise, nothing.
 *
 * <p>Each must give data, which a {@link Judge} finds right, or a {@link DataException} or {@link
 * ConfigurationException} that names the file in one readable sentence; within a limit of time and
 * of allocated memory; on a small stack. For example:
 *
 * <pre>{@code
 * CorruptFiles.of("spirals", bytes -> Spirals.read(bytes, "a.spi"), good)
 *     .naming("a.spi")
 *     .sizes(content -> List.of(SizeField.littleEndian(4, 4)))
 *     .judged((content, spirals) -> assertThat(spirals.points()).hasSize(content.length / 8 - 1))
 *     .check();
 * }</pre>
 *
 * <p>The inputs follow from a seed. The system properties {@code vae.corrupt.inputs} and {@code
 * vae.corrupt.seed} ask for a longer run by hand. The outcomes, and the inputs that a reader failed
 * on, are written into the folder {@code target/corrupt-files}.
 *
 * @param <T> what the reader gives
 */
public final class CorruptFiles<T> {
  private static final int INPUTS = 2000;
  private static final Path FOLDER = Path.of("target", "corrupt-files");

  /**
   * Reads a file.
   *
   * @param <T> what it gives
   */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads it.
     *
     * @param content the whole file
     * @return its data
     * @throws Exception if it is damaged
     */
    T read(byte[] content) throws Exception;
  }

  /**
   * Tells right data from wrong.
   *
   * @param <T> what the reader gives
   */
  @FunctionalInterface
  public interface Judge<T> {
    /**
     * Judges what was read from a file that may be damaged.
     *
     * @param content the file
     * @param data what the reader gave
     * @throws AssertionError if those are not the file's data
     */
    void judge(byte[] content, T data);
  }

  private final String format;
  private final Reader<T> reader;
  private final List<byte[]> good;
  private Function<byte[], List<SizeField>> sizes = content -> List.of();
  private Function<byte[], List<Integer>> sections = content -> List.of();
  private List<String> words = List.of();
  private UnaryOperator<byte[]> seal = UnaryOperator.identity();
  private Judge<T> judge = (content, data) -> {};
  private String name = "";
  private Duration limit = Duration.ofSeconds(20);
  private long allocation = 32 << 20;

  private CorruptFiles(String format, Reader<T> reader, List<byte[]> good) {
    this.format = format;
    this.reader = reader;
    this.good = good;
  }

  /**
   * Starts with good files.
   *
   * @param format the format's name, in messages and for the names of files
   * @param reader reads it
   * @param good small files of different kinds, at least one
   * @param <T> what the reader gives
   * @return the check, to be told more
   */
  public static <T> CorruptFiles<T> of(String format, Reader<T> reader, byte[]... good) {
    if (good.length == 0) {
      throw new IllegalArgumentException("no good file to damage");
    }
    return new CorruptFiles<>(format, reader, List.of(good));
  }

  /**
   * What every error's message has to contain.
   *
   * @param file the name that the reader was given
   * @return this
   */
  public CorruptFiles<T> naming(String file) {
    this.name = file;
    return this;
  }

  /**
   * Where files declare sizes in binary. Decimal numbers are found without help.
   *
   * @param places in a good file
   * @return this
   */
  public CorruptFiles<T> sizes(Function<byte[], List<SizeField>> places) {
    this.sizes = places;
    return this;
  }

  /**
   * Where the sections of the format start.
   *
   * @param starts in a good file, ascending
   * @return this
   */
  public CorruptFiles<T> sections(Function<byte[], List<Integer>> starts) {
    this.sections = starts;
    return this;
  }

  /**
   * Pieces that mean something in the format, to be inserted, alone and thousands of times.
   *
   * @param pieces in Latin-1
   * @return this
   */
  public CorruptFiles<T> words(String... pieces) {
    this.words = List.of(pieces);
    return this;
  }

  /**
   * Repairs the format's own checksums, so that damage is not always stopped by them. Applied to
   * half of the inputs.
   *
   * @param repair gives the content with right checksums; whatever it does not understand it leaves
   * @return this
   */
  public CorruptFiles<T> sealed(UnaryOperator<byte[]> repair) {
    this.seal = repair;
    return this;
  }

  /**
   * Tells right data from wrong; without it, data of any kind pass.
   *
   * @param judge is shown whatever the reader gives
   * @return this
   */
  public CorruptFiles<T> judged(Judge<T> judge) {
    this.judge = judge;
    return this;
  }

  /**
   * How much memory one input may make the reader's thread allocate, besides 64 times its own
   * length; 32 MiB unless set.
   *
   * @param bytes at most
   * @return this
   */
  public CorruptFiles<T> allocating(long bytes) {
    this.allocation = bytes;
    return this;
  }

  /**
   * How long one input may take; 20 seconds unless set, since a busy machine is no fault.
   *
   * @param time at most
   * @return this
   */
  public CorruptFiles<T> within(Duration time) {
    this.limit = time;
    return this;
  }

  /**
   * Reads the good files, which must be read, then the damaged ones.
   *
   * @return what came of them
   * @throws AssertionError if a reader fails on one; the message names the mutations and the file
   *     that holds the input
   */
  public Outcomes check() {
    int inputs = Integer.getInteger("vae.corrupt.inputs", INPUTS);
    long seed = Long.getLong("vae.corrupt.seed", 1);
    Verdicts<T> verdicts = new Verdicts<>(reader, judge, name, allocation);
    for (byte[] content : good) {
      verdicts.requireRead(content);
    }
    List<Material> materials = new ArrayList<>();
    for (byte[] content : good) {
      materials.add(new Material(good, sizes.apply(content), sections.apply(content), words));
    }
    Watch watch = new Watch(limit);
    int[] read = new int[1];
    watch.run(
        inputs,
        index -> {
          DamagedFile damaged = damage(materials, new Random(seed * 1_000_003 + index));
          try {
            read[0] += verdicts.isRead(damaged.content()) ? 1 : 0;
          } catch (AssertionError failure) {
            throw new AssertionError(described(index, damaged, failure.getMessage()), failure);
          }
        },
        index -> {
          DamagedFile damaged = damage(materials, new Random(seed * 1_000_003 + index));
          return described(index, damaged, "reading does not end within " + limit);
        });
    Outcomes outcomes =
        new Outcomes(
            format,
            inputs,
            inputs - read[0],
            read[0],
            watch.longest().toMillis(),
            verdicts.mostAllocated() >> 10);
    save(format + ".txt", (outcomes + "\n").getBytes(StandardCharsets.UTF_8));
    return outcomes;
  }

  /**
   * Reads one file, from whatever source, as {@link #check} reads damaged ones: as it is, and with
   * its checksums repaired. A coverage-guided fuzzer calls it with what it makes up.
   *
   * @param content the file
   * @throws AssertionError if the reader fails on it
   */
  public void checkOne(byte[] content) {
    Verdicts<T> verdicts = new Verdicts<>(reader, judge, name, allocation);
    byte[] sealed = seal.apply(content);
    List<byte[]> inputs =
        Arrays.equals(sealed, content) ? List.of(content) : List.of(content, sealed);
    new Watch(limit)
        .run(
            inputs.size(),
            index -> verdicts.isRead(inputs.get(index)),
            index -> format + ": reading does not end within " + limit);
  }

  private record DamagedFile(byte[] content, List<Mutation> mutations) {}

  private DamagedFile damage(List<Material> materials, Random random) {
    int which = random.nextInt(good.size());
    byte[] content = good.get(which);
    List<Mutation> mutations = new ArrayList<>();
    int count = random.nextInt(3) > 0 ? 1 : 2 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      Mutation mutation = Mutation.values()[random.nextInt(Mutation.values().length)];
      mutations.add(mutation);
      content = mutation.apply(content, materials.get(which), random);
    }
    return new DamagedFile(random.nextBoolean() ? seal.apply(content) : content, mutations);
  }

  private String described(int index, DamagedFile damaged, String fault) {
    Path file = save(format + "-" + index + ".bin", damaged.content());
    return format + ", input " + index + ", " + damaged.mutations() + ", in " + file + ": " + fault;
  }

  private static Path save(String name, byte[] content) {
    Path file = FOLDER.resolve(name.replaceAll("[^A-Za-z0-9.]+", "-"));
    try {
      Files.createDirectories(FOLDER);
      return Files.write(file, content).toAbsolutePath();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
